"""Words that tell fields from titles: names of addresses, places of work, the vocabulary that no name has.

Data for `_fields`; a spelling that is missing is added here.
"""

from __future__ import annotations

from readlist.domain.patterns import late


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split("|"))


# Names of addresses that never end a title: they count without a comma before them. Alternatives of a pattern.
SURE_LINK_WORDS = (
    r"arxiv|pdf|github|git|openreview|semantic ?scholar|知乎(?:解读)?(?:博客|专栏|文章)?|解读(?:博客|文章)?"
    r"|知乎解讀|解讀(?:文章)?|csdn|b站|bilibili|youtube"
)
SURE_ENDS = (
    "arxiv", "pdf", "github", "git", "openreview", "scholar", "知乎", "解读", "解讀", "博客", "专栏", "文章", "csdn",
    "b站", "bilibili", "youtube",
)  # fmt: skip
"""What ends in one of them, ends in one of these."""
# Names of addresses that are also words of titles: they count alone in a field, in brackets, or as a link's text.
LINK_WORDS = (
    r"abs|html|code|codes|source code|official code|paper|papers|paper link|arxiv link|link|links|url|website|web"
    r"|page|homepage|project|project page|model|models|model&code|model & code|code&data|code & data|code and data"
    r"|data|dataset|demo|slide|slides|poster|video|videos|talk|blog|blog post|post|note|notes|reading notes|bib"
    r"|bibtex|supp|supplementary|appendix|implementation|pytorch|tensorflow|torch|jax|keras|theano|matlab|caffe"
    r"|mxnet|lua|c\+\+|recordings?|doi|acl|acl anthology|anthology|here|repo|repository|colab|notebook|huggingface"
    r"|hugging face|hf|tweet|twitter|thread|review|reviews|summary|wiki|pytorch code|tf code|tensorflow code"
    r"|unofficial code|news|tutorial|software|package|toolkit|api|online|download|read|原文|论文|论文地址|论文链接|链接"
    r"|地址|代码"
    r"|代码地址|项目|项目地址|项目主页|主页|阅读笔记|笔记|博客|博客解读|中文解读|视频|视频讲解|讲解|幻灯片|数据|数据集|翻译|中文版|英文版|英文原版|官网|源码"
    r"|参考|英文博客|中文博客|公众号|简书"
    r"|掘金"
    r"|原文連結|論文|論文地址|論文連結|論文鏈接|連結|鏈接|網址|代碼|程式碼|程式|原始碼|源碼|項目|專案|專案頁面|主頁|閱讀筆記|筆記|部落格|中文解讀"
    r"|影片|講解|投影片|簡報|數據|數據集|資料集|翻譯|視頻|論文連接|官網|參考|公眾號"
)

FORMS = _phrases(
    """
    short|long|oral|poster|spotlight|demo|workshop|tutorial|best paper|best paper award|survey|main|industry
    |short paper|long paper|full paper|demo paper|highlight|outstanding|outstanding paper|outstanding paper award
    |honourable mention|honorable mention|综述|短文|长文|顶会|綜述|長文|頂會|new
    |ccf-a|ccf-b|ccf-c|ccf a|ccf b|ccf c
    |book|textbook|preprint|under review|in submission|working paper|technical report|tech report
    """
)
"""What is said of how a paper was published."""

WORKPLACES = _phrases(
    """
    google|google brain|google research|google deepmind|google ai|deepmind|fair|meta|meta ai|facebook|facebook ai
    |facebook ai research|microsoft|microsoft research|msra|msr|openai|allenai|ai2|ibm|ibm research|nvidia|apple|amazon
    |amazon aws|adobe|adobe research|salesforce|salesforce research|baidu|tencent|tencent ai lab|alibaba|alibaba damo
    |bytedance|huawei|huawei noah's ark|huawei noahs ark|anthropic|uber|uber ai|mila|eth|eth zurich|epfl|mit|cmu
    |stanford|berkeley|uc berkeley|princeton|harvard|oxford|cambridge|tsinghua|thu|pku|zju|sjtu|hit|fudan|nus|ntu
    |hkust|cuhk|hku|腾讯|百度|阿里|阿里巴巴|字节|字节跳动|华为|微软|谷歌|清华|清华大学|北大|北京大学|复旦|复旦大学
    |騰訊|阿里巴巴|字節|字節跳動|華為|微軟|谷歌|清華|清華大學|北京大學|復旦大學|台大|臺大|臺灣大學|交大
    |哈工大|浙大
    """
)
"""Places of work, which stand where a venue would; those that say what they are have a pattern."""

LAST_WORDS = frozenset(phrase.split()[-1] for phrase in FORMS | WORKPLACES)

INSTITUTE = late(r"allen institute.*|.{0,60}\b(?:university|univ\.?|institute|laboratory|college|labs?)\b.{0,40}")

# Words of the field that no person is called by: a part that holds one is no name.
NO_NAME = frozenset(
    """
    a adversarial algorithm algorithms an analysis and any application applications approach are art as at attention
    based basic bayesian bert best beyond bias blog book brain by can causal chapter classification clustering code
    coding conference contrastive convolutional cross data dataset datasets deep dense detection dialog dialogue
    diffusion distillation distributed do docs domain dynamic edition efficient embedding embeddings encoder end
    evaluation facebook fast few for framework from generation generative generic github global google gpt gradient
    graph graphs guide hierarchical how image images in inference information international is journal knowledge
    language large latent learned learning lecture linear local long loss low machine machines masked memory meta
    method methods microsoft mining model modeling modelling models multi natural need network networks neural new
    not notes object of on one online open openai optimal optimization outputs over paper papers parsing part
    post pre-training preprint press pretraining proceedings processing project prompt random reading recognition
    recurrent regression reinforcement report representation representations research retrieval review robust
    robustness search segmentation self semantic sentence sentences sequence sheets shot simple slides sparse
    spatial speech stanford state statistical stochastic strong structure structured study summarization supervised
    supplementary survey system systems task tasks technical test text the theory this time to tools towards track
    training transfer transformer transformers translation tree tuning tutorial understanding unified universal
    unsupervised using variational version via video vision visual vol volume we weak what when where why wikipedia
    tolerant web with without word words workshop world you your zero
    """.split()
)
