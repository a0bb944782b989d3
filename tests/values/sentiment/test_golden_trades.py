"""Sentences of many trades, written before the rules were read, and what they taught."""

import pytest

from custseg.values.lexicon import polarity

KIND = """
The plumber arrived on time and left the kitchen cleaner than he found it.
Lovely rooms, I only wish breakfast started before eight.
Not once in six years have they let me down.
I wouldn't say the course was a waste of money, quite the opposite.
The crew packed everything carefully and nothing got broken.
While the price is steep, the result is worth every penny.
I can't recommend this dentist highly enough.
It is cheaper than the competition and just as sturdy.
My claim was settled within a day without any fuss.
I was worried about the installation, yet it went smoothly.
No complaints whatsoever, the gardeners did a splendid job.
Better than expected, though the box was a bit scratched.
Thanks to Maria at the desk our stay could not have been nicer.
ＧＲＥＡＴ ｓｅｒｖｉｃｅ, thank you!
Sooo happy with my new bike!!!
Switching banks to you was the best decision we made this year.
The nurse explained everything patiently and put me at ease.
Please keep Tom on our account, he is always one step ahead.
You saved our wedding day, we are so grateful.
师傅上门很准时，走的时候还把地拖干净了。
房间很舒服，要是早餐能早点开就更完美了。
合作六年，从来没让我们失望过。
说不上浪费钱，反而觉得挺值的。
搬家公司打包很仔细，一件东西都没碰坏。
虽然价格贵了点，但效果对得起这个钱。
这家牙科怎么夸都不为过。
比别家便宜，质量却一点不差。
理赔一天就到账，一点都不折腾。
本来还担心安装麻烦，结果非常顺利。
挑不出毛病，园艺师傅手艺一流。
多亏前台小王，这次住得特别舒心。
服務態度非常好，下次還會再來！
换到你们银行是今年最正确的决定。
护士讲解很耐心，让人安心不少。
希望一直由小李负责我们的账户，她总能想在前面。
快遞超級快，包裝也很用心，ＮＩＣＥ！
"""

UNKIND = """
Your adviser could have been a little more forthcoming about the fees.
The old app was far better than this one.
I have been waiting three weeks for a part you promised in two days.
Hardly anyone picks up the phone any more.
I cannot recommend this garage to anybody.
The interface looks pretty, but it crashes whenever I export a report.
The lawyer never returned my calls and still sent an invoice.
Could somebody please refund the double charge? This is the fourth e-mail.
The carpet already shows holes after one month.
With respect, the training did not meet our needs.
The driver was rude to my mother and refused to help with the bags.
It's not that the staff are unfriendly, they are simply overwhelmed and everything is late.
The gym is dirty, crowded and overpriced.
The paint peels off and nobody at the company seems to care.
The update broke the very feature I pay for.
Far from perfect, and the manual is useless.
理财顾问要是能把费用讲清楚一些就更好了，现在总觉得被蒙在鼓里。
新版还不如老版好用。
给两星都算多的。
说好两天到的配件，等了三个星期还没影。
宣传得天花乱坠，用起来也就那样。
电话永远打不通，打通了也没人管。
再也不会来这家修车了，谁去谁后悔。
没有人通知我们改时间，白跑了一趟。
界面挺漂亮，可是一导出报表就闪退。
律师从来不回电话，账单倒是寄得很勤。
麻烦尽快把多扣的钱退给我，这已经是第四次反映了。
地毯用了一个月就破洞了。
恕我直言，这次培训没有达到我们的要求。
這家餐廳的菜又鹹又貴，真的很失望。
司機態度惡劣，還拒絕幫老人拿行李。
不是说店员不热情，是人手太少，等得人心烦。
健身房又脏又挤，收费还死贵。
墙漆掉得厉害，找了几次都没人理。
一更新就把我付费的功能弄坏了。
谈不上满意，说明书写得一塌糊涂。
"""

CLASSES = [
    ("Denials that end with an opinion", "都不错", 1),
    ("Denials that end with an opinion", "味道也不错", 1),
    ("Denials that end with an opinion", "从来不回消息", -1),
    ("Denials that end with an opinion", "打了三次都没人接", -1),
    ("Denials that end with an opinion", "一点都不满意", -1),
    ("Denials that end with an opinion", "约好了课，人没来也没通知", -1),
    ("Denials that end with an opinion", "从没失望过", 1),
    ("Nothing could be better", "The checkout could not be easier", 1),
    ("Nothing could be better", "Your agent couldn't have been more helpful", 1),
    ("Nothing could be better", "The porter could not have been ruder", -1),
    ("No words are enough", "I can't thank you enough", 1),
    ("No words are enough", "We cannot praise the midwife highly enough", 1),
    ("No words are enough", "I did not like it enough", -1),
    ("Comparisons", "比预期好多了", 1),
    ("Comparisons", "比上次还差", -1),
    ("Comparisons", "The former supplier was better than yours", -1),
    ("Denied at a distance", "Not once did the engineer let us down", 1),
    ("Denied at a distance", "The lift is far from safe", -1),
]


@pytest.mark.parametrize("text", KIND.strip().splitlines())
def test_kind(text: str):
    assert (polarity(text) or 0.0) > 0


@pytest.mark.parametrize("text", UNKIND.strip().splitlines())
def test_unkind(text: str):
    assert (polarity(text) or 0.0) < 0


@pytest.mark.parametrize(("rule", "text", "side"), CLASSES)
def test_classes_of_mistakes_that_were_mended(rule: str, text: str, side: int):
    assert (polarity(text) or 0.0) * side > 0, rule
