"""What the made-up papers are made of: English-looking words by Zipf's law, and Chinese of everyday terms."""

from __future__ import annotations

from itertools import accumulate
from random import Random

RARE = "quillwort"
"""Stands in five of the first thousand papers and in no other: a search with few hits at any size."""
COMMON = "network"
"""Stands in about one abstract of eleven."""
_COMMON_AT = 190  # in the order of frequency
TAG = "privacy"
"""The tag that lists are asked for: about one paper of forty."""
TOPIC = "retrieval"

_ONSETS = (
    "b",
    "br",
    "c",
    "cl",
    "d",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "io", "ou")
_CODAS = ("", "", "", "n", "r", "l", "s", "t", "m", "ng", "ck")
_FREQUENT = (
    "the of and to in a we for is that with on this are by as our from be an model models data learning which method "
    "results training show can it these based using propose approach performance methods task tasks have large not "
    "than more between language such both state however two different new problem features also information work time "
    "its deep neural several at each most high over existing paper present framework or while set number algorithm"
).split()
CHINESE = tuple(
    """深度学习 神经网络 机器翻译 自然语言处理 知识图谱 强化学习 图像识别 目标检测 语音识别 文本分类 情感分析 推荐系统
    注意力机制 预训练模型 大语言模型 对比学习 迁移学习 联邦学习 隐私保护 数据增强 多模态 问答系统 信息检索 语义理解
    图神经网络 生成模型 扩散模型 对抗样本 自动驾驶 医学影像 时间序列 异常检测 因果推断 小样本学习 零样本 实体识别
    关系抽取 文本摘要 对话系统 代码生成 句子表示 词向量 模型压缩 知识蒸馏 参数高效 提示学习 检索增强 长文本 评测基准
    可解释性 鲁棒性 公平性 泛化能力 优化算法 梯度下降 贝叶斯 聚类 降维 特征提取 卷积 循环网络 编码器 解码器 超导 湍流
    气候变化 材料设计 蛋白质 药物发现 基因 机器人 无人机 传感器 物联网 边缘计算 云计算 数据库 分布式系统 操作系统 编译器
    软件测试 网络安全 密码学 区块链 教育 金融 农业 交通 城市 能源 环境 社会网络""".split()
)
_JOINS = tuple(
    "的 与 和 在 中 基于 面向 通过 对 是 了 方法 研究 我们 提出 实验 表明 结果 问题 能够 有效 提高 以及 任务".split()
)
VENUES = tuple(
    "NeurIPS ICML ICLR ACL EMNLP NAACL COLING AAAI IJCAI CVPR ICCV ECCV KDD WWW SIGIR WSDM CIKM RecSys SIGMOD VLDB "
    "ICDE OSDI SOSP NSDI CHI UIST ICRA RSS CoRL TACL JMLR Nature Science 计算机学报 软件学报".split()
)
TOPICS = tuple(
    f"{area}/{part}"
    for area, parts in {
        "NLP": "retrieval translation summarisation dialogue 句子表征",
        "vision": "detection generation segmentation video",
        "learning": "reinforcement contrastive federated theory optimisation",
        "systems": "databases compilers networks 操作系统",
    }.items()
    for part in parts.split()
)
TAGS = (
    "survey", "baseline", "dataset", "code", "theory", "to-cite", "group-meeting", "综述", "benchmark", "efficiency",
    "scaling", "evaluation", "multilingual", "speech", "graphs", "bias", "medicine", "law", "chemistry", "robots",
    "privacy", "思路", "memory", "tokens", "sparse", "long-context", "agents", "safety", "education", "music",
)  # fmt: skip


def vocabulary(random: Random, size: int) -> tuple[list[str], list[float]]:
    """`size` words, the most frequent first, with cumulative weights by Zipf's law."""
    words = list(_FREQUENT)
    seen = {*words, COMMON, RARE}
    while len(words) < size - 1:
        syllables = random.choices((1, 2, 3, 4), (2, 6, 5, 2))[0]
        word = "".join(
            random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS) for _ in range(syllables)
        )
        if word not in seen:
            seen.add(word)
            words.append(word)
    words.insert(_COMMON_AT, COMMON)
    return words, list(accumulate(1 / (rank + 8) for rank in range(size)))


def stream(random: Random, size: int, length: int) -> list[str]:
    """`length` words of running text."""
    words, weights = vocabulary(random, size)
    return random.choices(words, cum_weights=weights, k=length)


def chinese(random: Random, terms: int) -> str:
    """A run of Chinese of so many terms, as it is written: without spaces, with a comma now and then."""
    pieces: list[str] = []
    for _ in range(terms):
        pieces += random.choice(CHINESE), random.choice(_JOINS)
        if random.random() < 0.12:
            pieces.append("\uff0c")
    return "".join(pieces[:-1])
