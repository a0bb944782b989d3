"""Sentences in Chinese written for this test: what a reader would say of each."""

import pytest

from custseg.values.lexicon import opinion, polarity

KIND = """
服务很周到，下次还会再来
价格不便宜但是质量不错
没有问题，用着挺顺手
没什么不好的，就是想夸一下
物流神速，昨天下单今天就到
虽然等得有点久，但是味道真的很好
性价比很高，值得购买
一点都不贵，而且分量很足
老板人很好，还多送了一份小菜
不是一般的好吃
从来没有让我失望过
安装师傅很专业，讲解也很耐心
不得不说，这次的客服真的不错
包装严实，没有破损
比想象中的还要好
刚开始有点担心，结果收到后非常满意
不要太好用！
電池耐用，物流很快，非常滿意
味道一如既往的好
挑不出毛病
没有异味，孩子很喜欢
这款手机运行流畅，拍照清晰，推荐给大家
房间干净整洁，前台也很热情👍
已经回购三次了，放心
运费不高，到货也快
质量没得说，五星好评
解决问题很及时，感谢小王
不错不错，点个赞
操作简单，老人也会用
多亏了售后，问题都解决了
送餐小哥很有礼貌，餐还是热的
Very good，很满意
看起来普通，用起来却很顺手
不油腻，口感刚刚好
面料柔软舒服，尺寸合适
价格公道，童叟无欺
😀😀👍
(^_^) 东西收到了
好吃好吃好吃！！！
"""
UNKIND = """
客服态度好，就是物流太慢
不是不好，是非常差
太差了，再也不来了
等了一个多小时还没送到
质量不好，要求退款
差差差
价格偏高，分量又少
跟图片不符，颜色差太多
电话打不通，没人理
说好的热汤，送来都凉了
不如以前好吃
性价比太低
便宜是便宜，但是质量太差
根本没有想象中好
除了外观好看，其他一无是处
性能不稳定，经常死机
客服一直在推诿，投诉也没用
菜里有头发，恶心
不推荐，不值这个价
用了两天就坏了
服務態度很差，不會再光顧
你们就不能把包装做好一点吗？太粗糙了
漏发了一件，联系客服也不回复
实在不敢恭维
本来以为很好，结果大失所望
不太满意
味道不怎么样
穿了一次就起球，还掉色
说明书看不懂，安装麻烦
合同条款不合理，乱收费
排队时间太长
没有达到宣传的效果
不够新鲜，也不够甜
垃圾，骗子，别买
开发票一拖再拖，太敷衍
😡😡😡
质量堪忧，用起来心累
没有一次准时送到
服务不专业，也不负责
反应很慢，还闪退
<p>收到就是<b>坏的</b></p><br>要求退货
"""
NOTHING = (
    """
请问几点开门
请问这款质量好吗？
有没有异味？
12345678
https://example.com/good/bad.html
我的电话是13800138000
你好，在吗
下周三下午两点开会
帮我查一下订单号
怎么退货
好不好，你说呢
香港到深圳的快递要几天
会员卡在哪里办理
张先生，银行行程已确认
"""
    "\u3000"
)


def each(block: str) -> list[str]:
    return [line for line in block.split("\n") if line]


@pytest.mark.parametrize("text", each(KIND))
def test_kind_words(text: str):
    assert (polarity(text) or 0.0) > 0


@pytest.mark.parametrize("text", each(UNKIND))
def test_unkind_words(text: str):
    assert (polarity(text) or 0.0) < 0


@pytest.mark.parametrize("text", each(NOTHING))
def test_no_opinion_is_not_a_neutral_one(text: str):
    assert polarity(text) is None


ORDER = [
    ("非常满意", "满意"),
    ("满意", "有点满意"),
    ("满意！！！", "满意"),
    ("有点慢", "太慢"),
    ("不是很满意", "很不满意"),
    ("东西不错，就是有点贵", "东西不错，就是太贵了，退款"),
    ("希望服务好一点", "服务太差"),
    ("服务好", "希望服务好一点"),
    ("虽然贵，但是好用", "虽然好用，但是贵"),
    ("没有不满意", "不满意"),
    ("不好看，但是好用", "不好看，也不好用"),
]


@pytest.mark.parametrize(("kinder", "less"), ORDER)
def test_one_is_kinder_than_the_other(kinder: str, less: str):
    assert (polarity(kinder) or 0.0) > (polarity(less) or 0.0)


@pytest.mark.parametrize(
    "text", ["呵呵，真是太“好”了", "呵呵，服务真好", "真行啊，你们赢了", "🙄好棒"]
)
def test_irony_is_not_believed_much(text: str):
    found = opinion(text)
    assert found.ironic
    assert found.confidence < 0.3


def test_a_negation_does_not_cross_a_comma():
    assert polarity("不，很好") > 0
    assert polarity("没有，质量不错") > 0
    assert polarity("没用过，很期待") > 0


def test_words_in_quotation_marks_are_not_quite_ones_own():
    assert polarity("客服说“很好”") < polarity("客服说很好")


def test_one_spelling():
    assert polarity("服務很週到，ＯＫ") == polarity("服务很週到，OK")
    assert polarity("满\u200b意") == polarity("满意")
    assert polarity("&lt;p&gt;满意&lt;/p&gt;") == polarity("满意")


def test_laughter_is_not_an_outcry():
    assert polarity("哈哈哈哈哈") > 0
    assert polarity("差差差差") < polarity("差")
