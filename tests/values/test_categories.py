import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values import categories
from custseg.values.tables import table

GENDERS = {
    "male": ["男", "男性", "M", "male", "Mr.", " 先生 ", "Ｍａｌｅ", "男/Male"],
    "female": ["女", "F", "FEMALE", "小姐", "Mrs", "女士"],
    "other_gender": ["其他", "X", "non-binary", "Divers"],
}
OCCUPATIONS = {
    "manager": ["management", "高级销售经理", "Vice President of Sales", "首席执行官"],
    "professional": ["technician", "Senior Software Engineer", "软件开发工程师", "医生"],
    "clerk": ["admin.", "公务员", "经理助理", "Executive Assistant"],
    "service_worker": ["services", "housemaid", "外卖骑手", "商业、服务业人员"],
    "farmer": ["农民", "农、林、牧、渔业生产及辅助人员", "dairy farmer"],
    "worker": ["blue-collar", "货车司机", "生产制造及有关人员"],
    "military": ["军人", "Armed-Forces"],
    "self_employed": ["self-employed", "个体工商户", "entrepreneur", "Businessman"],
    "student": ["student", "在校学生", "PhD student"],
    "retired": ["retired", "退休教师", "离退休人员", "Retired teacher"],
    "homemaker": ["Housewife", "全职妈妈"],
    "unemployed": ["无业", "Unemployed", "待业"],
    "other_occupation": ["其他", "Other"],
}
INDUSTRIES = {
    "agriculture": ["农、林、牧、渔业", "A. Agriculture, forestry and fishing", "水产养殖"],
    "mining": ["采矿业", "Oil & Gas", "煤炭"],
    "manufacturing": ["制造业", "01-制造业", "汽车零部件制造", "Aviation & Aerospace"],
    "utilities": ["电力、热力、燃气及水生产和供应业", "UTILITIES"],
    "construction": ["建筑业", "Construction"],
    "trade": ["批发和零售业", "医疗器械销售", "Retail", "电商"],
    "transport": ["物流运输", "AIRLINES_AVIATION", "交通/运输/物流/仓储"],
    "hospitality": ["住宿和餐饮业", "Restaurants", "hospitality"],
    "information": [
        "信息传输、软件和信息技术服务业",
        "Information Technology & Services",
        "IT行业",
    ],
    "finance": ["金融业", "Banking & Insurance", "Financial Services"],
    "real_estate": ["房地产业", "Commercial Real Estate"],
    "business_services": ["租赁和商务服务业", "Management Consulting"],
    "science": ["科学研究和技术服务业", "Research & Development"],
    "environment": ["水利、环境和公共设施管理业", "Waste management"],
    "personal_services": ["居民服务、修理和其他服务业", "Auto repair"],
    "education": ["教育", "教育培训", "Higher Education"],
    "health": ["卫生和社会工作", "Hospital & Health Care", "医疗健康", "healthcare"],
    "culture": ["文化、体育和娱乐业", "Media and Entertainment", "文化/传媒/娱乐/体育"],
    "public": ["公共管理、社会保障和社会组织", "Government", "Non-profit"],
    "international": ["国际组织"],
    "other_industry": ["其他行业", "Other"],
}
CASES = [
    pytest.param(subject, code, text, id=f"{subject}-{text}")
    for subject, said in (
        ("gender", GENDERS),
        ("occupation", OCCUPATIONS),
        ("industry", INDUSTRIES),
    )
    for code, texts in said.items()
    for text in texts
]


@pytest.mark.parametrize(("subject", "code", "text"), CASES)
def test_the_ways_in_which_people_write_a_category(subject, code, text):
    assert categories.read(subject, text).key == code


@pytest.mark.parametrize("subject", categories.SUBJECTS)
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, None),
        ("  ", "blank"),
        ("无", "placeholder"),
        ("N/A", "placeholder"),
        ("保密", "placeholder"),
        ("Select", "placeholder"),
        ("qqq zzz", "unlisted"),
        ("天地玄黄", "unlisted"),
        ("1", "unlisted"),
        ("x" * 500, "unlisted"),
    ],
)
def test_what_says_nothing_is_in_no_category(subject, text, problem):
    found = categories.read(subject, text)
    assert (found.key, found.problem) == (None, problem)


@pytest.mark.parametrize(
    ("text", "code"), [("房地产/建筑业", "real_estate"), ("IT|通信|电子|互联网", "information")]
)
def test_of_several_categories_the_first_counts_and_is_doubtful(text, code):
    found = categories.read("industry", text)
    assert (found.key, found.problem) == (code, "several_values")


def test_two_genders_are_none():
    found = categories.read("gender", "男/女")
    assert (found.key, found.problem) == (None, "several_values")
    assert categories.read("gender", "女 / Female").key == "female"


def test_two_words_written_together_settle_nothing_where_they_disagree():
    assert categories.read("industry", "建材煤炭").key is None
    assert categories.read("industry", "酒店宾馆").key == "hospitality"


@pytest.mark.parametrize("subject", categories.SUBJECTS)
def test_every_word_of_a_table_is_read_as_its_own_category(subject):
    name = {"gender": "genders", "occupation": "occupations", "industry": "industries"}[subject]
    for section, words in table(name).items():
        code, _, part = section.partition(".")
        if code in categories.codes(subject) and not part:
            wrong = {w: r for w in words if (r := categories.read(subject, w)).key != code}
            assert not {w: r for w, r in wrong.items() if r.problem != "placeholder"}, section


@given(st.sampled_from(categories.SUBJECTS), st.text(max_size=20))
def test_any_text_is_read_as_a_known_category_or_as_none(subject, text):
    found = categories.read(subject, text)
    assert found.key is None or found.key in categories.codes(subject)


# GB/T 4754-2017 and ISIC Rev. 4: first and last division of sections whose letters differ.
@pytest.mark.parametrize(
    ("text", "gb", "isic"),
    [
        ("A01", "agriculture", "agriculture"),
        ("C3912", "manufacturing", None),
        ("C33", "manufacturing", "manufacturing"),
        ("F", "trade", "construction"),
        ("47", "construction", "trade"),
        ("I65", "information", None),
        ("65", "information", "finance"),
        ("J58", None, "information"),
        ("Q", "health", "health"),
        ("T", "international", "personal_services"),
        ("U99", None, "international"),
        ("97", "international", "personal_services"),
        ("c 39", None, None),
        ("", None, None),
        ("N/A", None, None),
        ("00", None, None),
    ],
)
def test_codes_of_industrial_classifications(text, gb, isic):
    assert categories.read_code(text, "gbt4754").key == gb
    assert categories.read_code(text, "isic4").key == isic


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("occupation", "not a student"),
        ("occupation", "non-student"),
        ("occupation", "no longer a student"),
        ("occupation", "never was a farmer"),
        ("occupation", "former senior engineer"),
        ("occupation", "ex-soldier"),
        ("occupation", "Formerly teacher"),
        ("occupation", "not student or teacher"),
        ("occupation", "非农民"),
        ("occupation", "非在校学生"),
        ("occupation", "不是学生"),
        ("occupation", "前军人"),
        ("occupation", "退役军人"),
        ("occupation", "原教师"),
        ("occupation", "曾任教师"),
        ("industry", "no manufacturing"),
        ("gender", "not male"),
        ("gender", "非男性"),
    ],
)
def test_who_is_not_or_no_more_is_not(subject, text):
    found = categories.read(subject, text)
    assert (found.key, found.problem) == (None, "unlisted")


@pytest.mark.parametrize(
    ("subject", "text", "code"),
    [
        ("occupation", "前端工程师", "professional"),
        ("occupation", "前后端工程师", "professional"),
        ("occupation", "前台", "clerk"),
        ("occupation", "非标设计工程师", "professional"),
        ("occupation", "原画设计师", "professional"),
        ("occupation", "不锈钢工程师", "professional"),
        ("occupation", "无人机工程师", "professional"),
        ("occupation", "退休教师", "retired"),
        ("occupation", "无业", "unemployed"),
        ("occupation", "未就业", "unemployed"),
        ("occupation", "non-destructive testing engineer", "professional"),
        ("occupation", "old teacher", "professional"),
        ("industry", "非营利组织", "public"),
        ("gender", "non-binary", "other_gender"),
    ],
)
def test_a_word_that_only_looks_like_no_takes_nothing_back(subject, text, code):
    assert categories.read(subject, text).key == code
