#!/usr/bin/env python3
"""Writes common-passwords.txt: passwords people here are known to choose. Same output on every run."""

from pathlib import Path

WORDS = """
123456 1234567 12345678 123456789 1234567890 111111 000000 666666 888888 123123 123321 112233 654321 987654321
147258369 159357 789456123 456789 121212 131313 168168 520520 5201314 5211314 1314520 1314521 5201314520
7758521 7758258 147852369 963852741 741852963 100200 110110 119119 12345 1234 123 321 666 888 520 521 1314 110
password passw0rd p@ssw0rd p@ssword pa55word password1 password12 password123 password1234 passwd admin administrator
admin123 admin1234 admin123456 admin888 admin666 root toor root123 root123456 guest test test123 test1234 test123456
user user123 welcome welcome1 welcome123 letmein login login123 changeme default secret hello hello123 hello1234
qwerty qwerty1 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui qwertyuiop qwertyuiop123 asdfgh
asdfghjkl asdfghjkl123 zxcvbn zxcvbnm zxcvbnm123 asdf asdf1234 zxcv zxcv1234 qwer qwer1234 qwer123456 qazwsx
qazwsxedc qazwsxedcrfv qazwsx123 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw2 zaq12wsx zaq1xsw2 1q2w3e 1q2w3e4r
1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 a1b2c3d4 a1b2c3d4e5 a1b2c3d4e5f6 1a2b3c4d
abc123 abc1234 abc12345 abc123456 abcd1234 abcde12345 abcdef123456 a123456 a1234567 a12345678 a123456789 a1234567890
aa123456 aa12345678 aaa123456 qq123456 qq123456789 q123456 q123456789 w123456 w123456789 z123456 z123456789 s123456
123456a 123456aa 123456abc 123456789a 123456qq 123456asd 123qwe 123qweasd 123qweasdzxc qweasdzxc qweasd qwe123
asd123 zxc123 zxc123456 asd123456 qwe123456 123abc 1234qwer 12345qwert 123456qwerty iloveyou iloveyou1 iloveyou1314
iloveyou520 iloveyou521 loveyou love1314 love520 love5201314 monkey dragon master superman batman sunshine princess
football baseball basketball shadow michael jordan jordan23 trustno1 whatever starwars pokemon samsung iphone huawei
xiaomi windows computer internet google facebook welcome2024 summer2024 winter2024 spring2024 autumn2024
woaini woaini1314 woaini520 woaini521 woaini123 woaini1314520 woaini1314521 woaini5201314 woaini123456
woaini123456789 woaiwojia woaizhongguo woaibeijing woaiwoziji woaimama woaibaba woaini1314woaini woshishui
woshishei woshi wobuzhidao wobuaini wodemima wodemima123 wodemima123456 mima mima123 mima1234 mima123456 mimamima
nihao nihao123 nihao1234 nihao123456 nihaoma nihaoshijie zhongguo zhongguo123 zhongguo1949 zhonghua zhonghuaminguo
beijing beijing2008 shanghai guangzhou shenzhen haerbin heilongjiang daowai laopo laogong baobei baobao tiantian
mingtian xiaoxiao caonima caonima123 wangba gongxifacai facai888 dafacai yifanfengshun wanshiruyi xingfu kuaile
shengri shengrikuaile xinnian chunjie zaijian ganbei renmin weirenminfuwu gongchandang zhengfu xiangzhengfu
cunweihui cunwu cunzhang shuji zhishu kuaiji caiwu jiwei jiandu jianduyidiantong yidiantong yidiantong123
yidiantong2024 yidiantong2025 yidiantong2026 sanzi xiaoweiquanli dangjian xinfang banshichu nongye nongcun nongmin
woaidangwoaiguo 1314woaini 5201314woaini 520woaini 521woaini woaini1314.. abc5201314 a5201314 q5201314 w5201314
z5201314 5201314a 5201314q 5201314abc 1314520abc qq5201314 qq1314520 wang123 li123456 zhang123 110120119
11223344 1122334455 112233445566 123456654321 123456123456 123123123 123123123123 123321123 123321123321 321321
111222 111222333 111222tianya 222222 333333 444444 555555 777777 999999 11111111 00000000 88888888 66666666
111111111111 000000000000 888888888888 666666666666 1111111111 0123456789 01234567890 012345678910 0987654321
09876543210 1029384756 135792468 1357924680 2468013579 147147147 159753 159753456 258456 3141592653 314159265358
31415926535897 271828182845 20082008 20202020 20242024 19491001 19491001abc 123454321 1234554321 123456789987654321
!@#$%^&* !@#$%^&*() !qaz2wsx 1qaz@wsx !qaz@wsx !qaz@wsx#edc 1qaz@wsx3edc qwe!@#123 p@ssw0rd123 p@ssw0rd1234
p@ssw0rd2024 passw0rd123 passw0rd1234 administrator1 administrator123 administrator1234 superadmin superadmin123
changeme123 changeme1234 letmein123 letmein12345 welcome12345 welcome123456 temppassword temporary123 newpassword
newpassword1 newpassword123 mypassword mypassword1 mypassword123 thisispassword thisismypassword correcthorse
correcthorsebatterystaple ilovechina1949 chinachina china123456 china1949 harbin harbin2024 heilongjiang123
""".split()

# The forty most frequent surnames.
SURNAMES = """wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie
han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv su""".split()
GIVEN = "wei fang na min jing lei jun yan jie juan tao ming hua ping gang lili xiaoming jianguo guoqiang haiyan".split()
TAILS = "123 1234 12345 123456 1234567 12345678 123456789 520 521 1314 5201314 666 888 666666 888888 110 111111 000000 . .. ! @123 !@# 2008 2020 2021 2022 2023 2024 2025 2026".split()
RUNS = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "12345678901234567890",
        "01234567890123456789", "98765432109876543210", "zyxwvutsrqponmlkjihgfedcba", "1q2w3e4r5t6y7u8i9o0p",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "abcd1234efgh5678", "a1b2c3d4e5f6g7h8i9j0"]
BASES = """password admin administrator qwerty qwertyuiop asdfghjkl zxcvbnm woaini woaiwojia iloveyou wodemima mima
nihao zhongguo laopo laogong baobei caonima welcome letmein abc abcd qq a q w z s root test user hello yidiantong
jiandu jiwei shuji cunzhang kuaiji beijing shanghai haerbin heilongjiang 520 5201314 1314 5211314""".split()

entries = set(WORDS)
entries.update(base + tail for base in BASES for tail in TAILS)
entries.update(tail + base for base in BASES for tail in TAILS if tail.isdigit())
entries.update(run[:length] for run in RUNS for length in range(6, len(run) + 1))
# A surname and a year; full names stand alone, and join with any year or tail here: zhangwei1985.
entries.update(name + str(year) for name in SURNAMES for year in range(1950, 2027))
entries.update(surname + given for surname in SURNAMES for given in GIVEN)
entries.update(surname + given + tail for surname in SURNAMES for given in GIVEN for tail in ("123456", "1314", "520"))
# The program itself refuses two listed words in a row, so years and tails need to stand here once only.
entries.update(str(year) for year in range(1950, 2031))
entries.update(TAILS)
entries = {entry.lower() for entry in entries}

path = Path(__file__).with_name("common-passwords.txt")
path.write_text("\n".join(sorted(entries)) + "\n", encoding="utf-8")
print(f"{len(entries)} entries, {path.stat().st_size} bytes")
