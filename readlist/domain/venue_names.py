"""The names by which conferences and journals of computer science go: data for `domain.venues`.

The canonical name is the short one that the field uses (`NeurIPS`, `TACL`); where a journal has none, its title.
The spellings are those of the publishers' own pages, of DBLP, Semantic Scholar and arXiv comments.
Sources: dblp.org's stream names, the ACL Anthology's list of venues, CORE2023 and the CCF list for which to include.
"""

from __future__ import annotations

PREPRINT = "arXiv"

# canonical name, other spellings separated by "|". One line a venue; add a spelling where one is missing.
TABLE: tuple[tuple[str, str], ...] = (
    (PREPRINT, "arXiv.org|CoRR|arXiv preprint|Computing Research Repository|preprint arXiv|arXiv e-prints"),
    ("bioRxiv", ""),
    ("medRxiv", ""),
    ("ChemRxiv", ""),
    # machine learning
    ("NeurIPS", "NIPS|Neural Information Processing Systems|Advances in Neural Information Processing Systems"
     "|Conference on Neural Information Processing Systems|Annual Conference on Neural Information Processing"
     " Systems"),
    ("NeurIPS-D&B", "NeurIPS Datasets and Benchmarks|NeurIPS D&B|NIPS D&B|NeurIPS Datasets and Benchmarks Track"),
    ("ICML", "International Conference on Machine Learning"),
    ("ICLR", "International Conference on Learning Representations"),
    ("AISTATS", "International Conference on Artificial Intelligence and Statistics|Artificial Intelligence and"
                " Statistics"),
    ("UAI", "Uncertainty in Artificial Intelligence|Conference on Uncertainty in Artificial Intelligence"),
    ("COLT", "Conference on Learning Theory|Annual Conference Computational Learning Theory|Computational"
             " Learning Theory"),
    ("ALT", "Algorithmic Learning Theory|International Conference on Algorithmic Learning Theory"),
    ("ACML", "Asian Conference on Machine Learning"),
    ("ECML-PKDD", "ECML|PKDD|ECML/PKDD|European Conference on Machine Learning"
     "|European Conference on Machine Learning and Principles and Practice of Knowledge Discovery in Databases"),
    ("CoLLAs", "Conference on Lifelong Learning Agents"),
    ("LoG", "Learning on Graphs|Learning on Graphs Conference"),
    ("CoRL", "Conference on Robot Learning"),
    ("MLSys", "Conference on Machine Learning and Systems|SysML"),
    ("COLM", "Conference on Language Modeling"),
    ("CPAL", "Conference on Parsimony and Learning"),
    ("CHIL", "Conference on Health, Inference, and Learning"),
    ("MLHC", "Machine Learning for Healthcare|Machine Learning in Health Care"),
    ("AutoML", "International Conference on Automated Machine Learning|AutoML-Conf"),
    ("IJCNN", "International Joint Conference on Neural Networks|IEEE International Joint Conference on Neural"
              " Networks"),
    ("ICANN", "International Conference on Artificial Neural Networks"),
    ("ICONIP", "International Conference on Neural Information Processing"),
    ("JMLR", "Journal of Machine Learning Research|J. Mach. Learn. Res."),
    ("TMLR", "Transactions on Machine Learning Research|Trans. Mach. Learn. Res."),
    ("DMLR", "Journal of Data-centric Machine Learning Research"),
    ("Machine Learning", "Mach. Learn.|Machine Learning Journal|MLJ"),
    ("Neural Computation", "Neural Comput."),
    ("Neural Networks", "Neural Netw.|Neural Networks Journal"),
    ("Neurocomputing", "NEUCOM"),
    ("TNNLS", "IEEE Transactions on Neural Networks and Learning Systems|IEEE Trans. Neural Networks Learn. Syst."
     "|IEEE Transactions on Neural Networks"),
    ("FnTML", "Foundations and Trends in Machine Learning|Found. Trends Mach. Learn."),
    # artificial intelligence
    ("AAAI", "AAAI Conference on Artificial Intelligence|National Conference on Artificial Intelligence"),
    ("IJCAI", "International Joint Conference on Artificial Intelligence"
     "|International Joint Conferences on Artificial Intelligence|IJCAI-ECAI"),
    ("ECAI", "European Conference on Artificial Intelligence"),
    ("PRICAI", "Pacific Rim International Conference on Artificial Intelligence"),
    ("AAMAS", "Adaptive Agents and Multi-Agent Systems|Autonomous Agents and Multiagent Systems"
     "|International Conference on Autonomous Agents and Multiagent Systems"),
    ("ICAPS", "International Conference on Automated Planning and Scheduling"),
    ("KR", "International Conference on Principles of Knowledge Representation and Reasoning"),
    ("AIES", "AAAI/ACM Conference on AI, Ethics, and Society"),
    ("FAccT", "Conference on Fairness, Accountability and Transparency|FAT*"
     "|ACM Conference on Fairness, Accountability, and Transparency"),
    ("ICAIF", "International Conference on AI in Finance|ACM International Conference on AI in Finance"),
    ("AIJ", "Artificial Intelligence|Artif. Intell.|Artificial Intelligence Journal"),
    ("JAIR", "Journal of Artificial Intelligence Research|J. Artif. Intell. Res."),
    ("Nature", ""),
    ("Science", ""),
    ("PNAS", "Proceedings of the National Academy of Sciences|Proc. Natl. Acad. Sci."
     "|Proceedings of the National Academy of Sciences of the United States of America"),
    ("Nature Machine Intelligence", "Nat. Mach. Intell.|Nature Mach. Intell."),
    ("Nature Communications", "Nat. Commun.|Nature Comm."),
    ("Nature Methods", "Nat. Methods"),
    ("Scientific Reports", "Sci. Rep."),
    ("PLoS ONE", "PLOS ONE|Public Library of Science ONE"),
    ("IEEE Access", ""),
    ("Proceedings of the IEEE", "Proc. IEEE"),
    ("CACM", "Communications of the ACM|Commun. ACM"),
    ("JACM", "Journal of the ACM|J. ACM"),
    ("CSUR", "ACM Computing Surveys|ACM Comput. Surv."),
    # natural language processing
    ("ACL", "Annual Meeting of the Association for Computational Linguistics|Association for Computational"
            " Linguistics"
     "|Meeting of the Association for Computational Linguistics|ACL-IJCNLP|ACL/IJCNLP|ACL-main"
     "|Annual Meeting of the Association for Computational Linguistics and the International Joint Conference on"
     " Natural Language Processing"),
    ("EMNLP", "Conference on Empirical Methods in Natural Language Processing|EMNLP-IJCNLP|EMNLP/IJCNLP|EMNLP-CoNLL"
     "|Empirical Methods in Natural Language Processing|EMNLP-main|Conference on Empirical Methods in Natural"
     " Language"
     " Processing and the International Joint Conference on Natural Language Processing"),
    ("NAACL", "North American Chapter of the Association for Computational Linguistics|NAACL-HLT|HLT-NAACL|NAACL-main"
     "|Conference of the North American Chapter of the Association for Computational Linguistics"
     "|Conference of the North American Chapter of the Association for Computational Linguistics: Human Language"
     " Technologies"),
    ("EACL", "Conference of the European Chapter of the Association for Computational Linguistics|EACL-main"
     "|European Chapter of the Association for Computational Linguistics"),
    ("AACL", "AACL-IJCNLP|Asia-Pacific Chapter of the Association for Computational Linguistics|AACL/IJCNLP"
     "|Conference of the Asia-Pacific Chapter of the Association for Computational Linguistics"),
    ("ACL-findings", "Findings of ACL|ACL Findings|Findings of the Association for Computational Linguistics: ACL"
     "|Findings of the Association for Computational Linguistics: ACL-IJCNLP|ACL(findings)|Findings ACL"),
    ("EMNLP-findings", "Findings of EMNLP|EMNLP Findings|Findings of the Association for Computational"
                       " Linguistics: EMNLP"
     "|EMNLP(findings)|Findings EMNLP"),
    ("NAACL-findings", "Findings of NAACL|NAACL Findings|Findings NAACL"
     "|Findings of the Association for Computational Linguistics: NAACL"),
    ("EACL-findings", "Findings of EACL|EACL Findings|Findings of the Association for Computational"
                      " Linguistics: EACL"),
    ("AACL-findings", "Findings of AACL|AACL Findings|Findings of the Association for Computational Linguistics: AACL"
     "|Findings of the Association for Computational Linguistics: AACL-IJCNLP"),
    ("ACL-findings", "Findings|Findings of the Association for Computational Linguistics"),
    ("COLING", "International Conference on Computational Linguistics|LREC-COLING"),
    ("LREC", "International Conference on Language Resources and Evaluation|Language Resources and Evaluation"
             " Conference"),
    ("CoNLL", "Conference on Computational Natural Language Learning|SIGNLL Conference on Computational Natural"
              " Language"
     " Learning"),
    ("IJCNLP", "International Joint Conference on Natural Language Processing"),
    ("TACL", "Transactions of the Association for Computational Linguistics|Trans. Assoc. Comput. Linguistics"),
    ("Computational Linguistics", "Comput. Linguistics|CL Journal"),
    ("SemEval", "International Workshop on Semantic Evaluation|Workshop on Semantic Evaluation"),
    ("*SEM", "Joint Conference on Lexical and Computational Semantics|StarSem"),
    ("WMT", "Conference on Machine Translation|Workshop on Machine Translation|Workshop on Statistical Machine"
            " Translation"),
    ("SIGDIAL", "Annual Meeting of the Special Interest Group on Discourse and Dialogue|SIGDIAL Conferences"
     "|SIGDIAL Conference"),
    ("INLG", "International Conference on Natural Language Generation|International Natural Language Generation"
             " Conference"),
    ("BlackboxNLP", "BlackboxNLP@EMNLP|BlackboxNLP@ACL|Workshop on Analyzing and Interpreting Neural Networks"
                    " for NLP"),
    ("RepL4NLP", "Rep4NLP|Workshop on Representation Learning for NLP"),
    ("BEA", "Workshop on Innovative Use of NLP for Building Educational Applications|BEA@ACL|BEA@NAACL"),
    ("BioNLP", "Workshop on Biomedical Natural Language Processing|BioNLP@ACL"),
    ("W-NUT", "WNUT|Workshop on Noisy User-generated Text"),
    ("NLPCC", "Natural Language Processing and Chinese Computing|CCF International Conference on Natural"
              " Language Processing"
     " and Chinese Computing"),
    ("CCL", "China National Conference on Chinese Computational Linguistics|Chinese Computational Linguistics"),
    ("EAMT", "European Association for Machine Translation Conferences/Workshops|European Association for"
             " Machine Translation"),
    ("IWSLT", "International Workshop on Spoken Language Translation|International Conference on Spoken"
              " Language Translation"),
    ("RANLP", "Recent Advances in Natural Language Processing"),
    ("TALLIP", "ACM Transactions on Asian and Low-Resource Language Information Processing"),
    ("ARR", "ACL Rolling Review"),
    # speech and signal
    ("INTERSPEECH", "Interspeech|Conference of the International Speech Communication Association|ISCA Interspeech"),
    ("ICASSP", "IEEE International Conference on Acoustics, Speech, and Signal Processing"
     "|International Conference on Acoustics, Speech and Signal Processing"),
    ("ASRU", "Automatic Speech Recognition & Understanding|IEEE Automatic Speech Recognition and Understanding"
             " Workshop"),
    ("SLT", "Spoken Language Technology Workshop|IEEE Spoken Language Technology Workshop"),
    ("WASPAA", "IEEE Workshop on Applications of Signal Processing to Audio and Acoustics"),
    ("ISMIR", "International Society for Music Information Retrieval Conference"),
    ("TASLP", "IEEE/ACM Transactions on Audio Speech and Language Processing|IEEE/ACM Trans. Audio Speech Lang."
              " Process."
     "|IEEE/ACM Transactions on Audio, Speech, and Language Processing"),
    ("TSP", "IEEE Transactions on Signal Processing|IEEE Trans. Signal Process."),
    # vision, graphics, multimedia
    ("CVPR", "Computer Vision and Pattern Recognition|IEEE/CVF Conference on Computer Vision and Pattern Recognition"
     "|IEEE Conference on Computer Vision and Pattern Recognition|Conference on Computer Vision and Pattern"
     " Recognition"),
    ("CVPR Workshops", "CVPRW|2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops"),
    ("ICCV", "IEEE International Conference on Computer Vision|International Conference on Computer Vision"
     "|IEEE/CVF International Conference on Computer Vision|IEEE/CVF International Conference on Computer"
     " Vision (ICCV)"),
    ("ECCV", "European Conference on Computer Vision"),
    ("WACV", "IEEE Workshop/Winter Conference on Applications of Computer Vision"
     "|Winter Conference on Applications of Computer Vision|IEEE/CVF Winter Conference on Applications of"
     " Computer Vision"),
    ("BMVC", "British Machine Vision Conference"),
    ("ACCV", "Asian Conference on Computer Vision"),
    ("3DV", "International Conference on 3D Vision|International Conference on 3D Vision (3DV)"),
    ("ICIP", "International Conference on Information Photonics|IEEE International Conference on Image Processing"
     "|International Conference on Image Processing"),
    ("ICPR", "International Conference on Pattern Recognition"),
    ("FG", "IEEE International Conference on Automatic Face & Gesture Recognition"),
    ("MICCAI", "International Conference on Medical Image Computing and Computer-Assisted Intervention"),
    ("MIDL", "Medical Imaging with Deep Learning|International Conference on Medical Imaging with Deep Learning"),
    ("ACM MM", "ACM Multimedia|MM|ACMMM|ACM International Conference on Multimedia|ACM MM Conference|ACM-MM"),
    ("ICME", "IEEE International Conference on Multimedia and Expo"),
    ("ICMR", "International Conference on Multimedia Retrieval|ACM International Conference on Multimedia Retrieval"),
    ("SIGGRAPH", "International Conference on Computer Graphics and Interactive Techniques|ACM SIGGRAPH"),
    ("SIGGRAPH Asia", "ACM SIGGRAPH Asia|ACM SIGGRAPH Conference and Exhibition on Computer Graphics and Interactive"
     " Techniques in Asia"),
    ("TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence|PAMI|T-PAMI"
     "|IEEE Trans. Pattern Anal. Mach. Intell."),
    ("IJCV", "International Journal of Computer Vision|Int. J. Comput. Vis."),
    ("TIP", "IEEE Transactions on Image Processing|IEEE Trans. Image Process."),
    ("TMM", "IEEE Transactions on Multimedia|IEEE Trans. Multim."),
    ("TCSVT", "IEEE Transactions on Circuits and Systems for Video Technology"),
    ("TMI", "IEEE Transactions on Medical Imaging|IEEE Trans. Medical Imaging"),
    ("TOG", "ACM Transactions on Graphics|ACM Trans. Graph."),
    ("TVCG", "IEEE Transactions on Visualization and Computer Graphics"),
    ("CVIU", "Computer Vision and Image Understanding"),
    ("Pattern Recognition", "Pattern Recognit."),
    ("Pattern Recognition Letters", "Pattern Recognit. Lett."),
    ("Medical Image Analysis", "Medical Image Anal."),
    # information retrieval, data mining, web, databases
    ("SIGIR", "Annual International ACM SIGIR Conference on Research and Development in Information Retrieval"
              "|ACM SIGIR"
     "|International ACM SIGIR Conference on Research and Development in Information Retrieval"),
    ("SIGIR-AP", "ACM SIGIR Conference on Information Retrieval in the Asia Pacific"),
    ("KDD", "Knowledge Discovery and Data Mining|SIGKDD|ACM SIGKDD|ACM KDD|SIGKDD Conference on Knowledge"
            " Discovery and Data Mining"
     "|ACM SIGKDD International Conference on Knowledge Discovery and Data Mining"
     "|ACM SIGKDD Conference on Knowledge Discovery and Data Mining"),
    ("WWW", "The Web Conference|TheWebConf|The Web Conf|Web Conference|ACM Web Conference|International World"
            " Wide Web Conference"
     "|World Wide Web Conference|International Conference on World Wide Web|The World Wide Web Conference"),
    ("WSDM", "Web Search and Data Mining|ACM International Conference on Web Search and Data Mining"),
    ("CIKM", "International Conference on Information and Knowledge Management|ACM CIKM"
     "|ACM International Conference on Information and Knowledge Management"),
    ("RecSys", "ACM Conference on Recommender Systems|ACM RecSys"),
    ("ECIR", "European Conference on Information Retrieval"),
    ("ICTIR", "International Conference on the Theory of Information Retrieval"),
    ("CHIIR", "Conference on Human Information Interaction and Retrieval"),
    ("ICDM", "Industrial Conference on Data Mining|IEEE International Conference on Data Mining"
     "|International Conference on Data Mining"),
    ("SDM", "SIAM International Conference on Data Mining|SDM SIAM"),
    ("PAKDD", "Pacific-Asia Conference on Knowledge Discovery and Data Mining"),
    ("ICWSM", "International Conference on Web and Social Media|AAAI Conference on Web and Social Media"),
    ("ISWC", "International Semantic Web Conference|International Workshop on the Semantic Web"),
    ("ESWC", "Extended Semantic Web Conference|European Semantic Web Conference"),
    ("JCDL", "ACM/IEEE Joint Conference on Digital Libraries"),
    ("TREC", "Text REtrieval Conference|Text Retrieval Conference"),
    ("SIGMOD", "SIGMOD Conference|ACM SIGMOD|International Conference on Management of Data|ACM SIGMOD Conference"),
    ("VLDB", "Very Large Data Bases Conference|Very Large Data Bases|International Conference on Very Large"
             " Data Bases"),
    ("PVLDB", "Proceedings of the VLDB Endowment|Proc. VLDB Endow.|VLDB Endowment"),
    ("ICDE", "IEEE International Conference on Data Engineering|International Conference on Data Engineering"),
    ("EDBT", "International Conference on Extending Database Technology"),
    ("PODS", "ACM SIGACT-SIGMOD-SIGART Symposium on Principles of Database Systems|Symposium on Principles of"
             " Database Systems"),
    ("CIDR", "Conference on Innovative Data Systems Research"),
    ("DASFAA", "International Conference on Database Systems for Advanced Applications"),
    ("TKDE", "IEEE Transactions on Knowledge and Data Engineering|IEEE Trans. Knowl. Data Eng."),
    ("TKDD", "ACM Transactions on Knowledge Discovery from Data"),
    ("TODS", "ACM Transactions on Database Systems"),
    ("TOIS", "ACM Transactions on Information Systems|ACM Trans. Inf. Syst."),
    ("TIST", "ACM Transactions on Intelligent Systems and Technology"),
    ("DMKD", "Data Mining and Knowledge Discovery|Data Min. Knowl. Discov."),
    ("KAIS", "Knowledge and Information Systems"),
    ("IPM", "Information Processing & Management|Inf. Process. Manag."),
    ("JASIST", "Journal of the Association for Information Science and Technology"),
    ("Knowledge-Based Systems", "Knowl. Based Syst.|KBS"),
    ("Expert Systems with Applications", "Expert Syst. Appl.|ESWA"),
    # theory, statistics, optimisation
    ("STOC", "Symposium on the Theory of Computing|ACM Symposium on Theory of Computing"),
    ("FOCS", "IEEE Annual Symposium on Foundations of Computer Science|Symposium on Foundations of Computer Science"),
    ("SODA", "ACM-SIAM Symposium on Discrete Algorithms|Symposium on Discrete Algorithms"),
    ("ITCS", "Information Technology Convergence and Services|Innovations in Theoretical Computer Science"
     "|Innovations in Theoretical Computer Science Conference"),
    ("ICALP", "International Colloquium on Automata, Languages and Programming"),
    ("CPM", "Annual Symposium on Combinatorial Pattern Matching|Combinatorial Pattern Matching"),
    ("SPIRE", "String Processing and Information Retrieval|International Symposium on String Processing and"
              " Information Retrieval"),
    ("ESA", "European Symposium on Algorithms|Embedded Systems and Applications"),
    ("STACS", "Symposium on Theoretical Aspects of Computer Science"),
    ("LICS", "Logic in Computer Science|Symposium on Logic in Computer Science"),
    ("SICOMP", "SIAM Journal on Computing|SIAM J. Comput."),
    ("TCS", "Theoretical Computer Science|Theor. Comput. Sci."),
    ("TIT", "IEEE Transactions on Information Theory|IEEE Trans. Inf. Theory"),
    ("ISIT", "International Symposium on Information Theory|IEEE International Symposium on Information Theory"),
    ("SIOPT", "SIAM Journal on Optimization|SIAM J. Optim."),
    ("Annals of Statistics", "The Annals of Statistics|Ann. Statist."),
    ("JASA", "Journal of the American Statistical Association"),
    ("JRSS-B", "Journal of the Royal Statistical Society: Series B|Journal of the Royal Statistical Society"
               " Series B"),
    # systems, architecture, networks, security, software, languages
    ("OSDI", "USENIX Symposium on Operating Systems Design and Implementation|Operating Systems Design and"
             " Implementation"),
    ("SOSP", "Symposium on Operating Systems Principles|ACM Symposium on Operating Systems Principles"),
    ("NSDI", "Symposium on Networked Systems Design and Implementation"
     "|USENIX Symposium on Networked Systems Design and Implementation"),
    ("EuroSys", "European Conference on Computer Systems"),
    ("USENIX ATC", "ATC|USENIX Annual Technical Conference"),
    ("FAST", "USENIX Conference on File and Storage Technologies"),
    ("SoCC", "ACM Symposium on Cloud Computing|Symposium on Cloud Computing"),
    ("HotOS", "Workshop on Hot Topics in Operating Systems"),
    ("ASPLOS", "International Conference on Architectural Support for Programming Languages and Operating Systems"),
    ("ISCA", "International Symposium on Computer Architecture"),
    ("MICRO", "Micro|IEEE/ACM International Symposium on Microarchitecture"),
    ("HPCA", "International Symposium on High-Performance Computer Architecture"),
    ("PPoPP", "ACM SIGPLAN Symposium on Principles & Practice of Parallel Programming"),
    ("SC", "International Conference for High Performance Computing, Networking, Storage and Analysis"
           "|Supercomputing"),
    ("ICS", "International Conference on Supercomputing"),
    ("IPDPS", "IEEE International Parallel and Distributed Processing Symposium"),
    ("CGO", "International Symposium on Code Generation and Optimization"),
    ("DAC", "Design Automation Conference"),
    ("ICCAD", "International Conference on Computer Aided Design"),
    ("FPGA", "Symposium on Field Programmable Gate Arrays"),
    ("TPDS", "IEEE Transactions on Parallel and Distributed Systems"),
    ("TACO", "ACM Transactions on Architecture and Code Optimization"),
    ("TOCS", "ACM Transactions on Computer Systems"),
    ("SIGCOMM", "Conference on Applications, Technologies, Architectures, and Protocols for Computer"
                " Communication|ACM SIGCOMM"),
    ("INFOCOM", "IEEE Conference on Computer Communications"),
    ("MobiCom", "ACM/IEEE International Conference on Mobile Computing and Networking"),
    ("CCS", "Conference on Computer and Communications Security|ACM CCS"),
    ("IEEE S&P", "S&P|IEEE Symposium on Security and Privacy|Oakland"),
    ("USENIX Security", "USENIX Security Symposium"),
    ("NDSS", "Network and Distributed System Security Symposium"),
    ("PLDI", "ACM-SIGPLAN Symposium on Programming Language Design and Implementation"
     "|Programming Language Design and Implementation"),
    ("POPL", "ACM-SIGACT Symposium on Principles of Programming Languages|Principles of Programming Languages"),
    ("OOPSLA", "Conference on Object-Oriented Programming Systems, Languages, and Applications"),
    ("ICSE", "International Conference on Software Engineering"),
    ("FSE", "ESEC/FSE|ESEC-FSE|Foundations of Software Engineering"),
    ("ASE", "International Conference on Automated Software Engineering"),
    ("TSE", "IEEE Transactions on Software Engineering"),
    # robotics, people
    ("ICRA", "IEEE International Conference on Robotics and Automation|International Conference on Robotics and"
             " Automation"),
    ("IROS", "IEEE/RSJ International Conference on Intelligent Robots and Systems|IEEE/RJS International"
             " Conference on"
     " Intelligent RObots and Systems"),
    ("RSS", "Robotics: Science and Systems"),
    ("Humanoids", "Humanoid|IEEE-RAS International Conference on Humanoid Robots"),
    ("RA-L", "IEEE Robotics and Automation Letters"),
    ("T-RO", "TRO|IEEE Transactions on Robotics"),
    ("IJRR", "International Journal of Robotics Research"),
    ("CHI", "International Conference on Human Factors in Computing Systems|CHI Conference on Human Factors in"
            " Computing Systems"),
    ("UIST", "ACM Symposium on User Interface Software and Technology"),
    ("IUI", "International Conference on Intelligent User Interfaces"),
    ("CSCW", "Conference on Computer Supported Cooperative Work"),
    ("Bioinformatics", "Bioinform."),
    ("JAMIA", "Journal of the American Medical Informatics Association"),
    # journals in Chinese, by the list of the China Computer Federation
    ("计算机学报", "計算機學報"),
    ("软件学报", "軟體學報"),
    ("计算机研究与发展", "計算機研究與發展"),
    ("中国科学：信息科学", "中国科学 信息科学|中國科學：信息科學"),
    ("自动化学报", "自動化學報"),
    ("电子学报", "電子學報"),
    ("通信学报", "通信學報"),
    ("电子与信息学报", ""),
    ("模式识别与人工智能", ""),
    ("中文信息学报", "中文資訊學報"),
    ("计算机辅助设计与图形学学报", ""),
    ("中国图象图形学报", ""),
    ("计算机科学与探索", ""),
    ("计算机应用研究", ""),
    ("计算机工程与应用", ""),
    ("小型微型计算机系统", ""),
    ("智能系统学报", ""),
    ("数据分析与知识发现", ""),
    ("系统工程理论与实践", ""),
    ("情报学报", ""),
)  # fmt: skip

# Canonical names that are also plain English words: only this spelling, with its capitals, is the venue, and a
# title that ends in one of them is not cut there.

PRINTED = frozenset(
    """
    Bioinformatics|CACM|CSUR|CVIU|DMKD|Expert Systems with Applications|IEEE Access|IPM|KAIS|Knowledge-Based Systems
    |Medical Image Analysis|Nature|Nature Communications|Nature Machine Intelligence|Nature Methods|Neural Computation
    |Neurocomputing|PLoS ONE|PNAS|PVLDB|Pattern Recognition|Proceedings of the IEEE|Science|Scientific Reports|TCS
    |中国科学：信息科学|小型微型计算机系统|数据分析与知识发现|模式识别与人工智能|系统工程理论与实践|计算机工程与应用|计算机应用研究
    |计算机研究与发展|计算机科学与探索
    """.replace("\n    ", "").split("|")
)
"""Journals of the table that none of their names shows to be one."""
