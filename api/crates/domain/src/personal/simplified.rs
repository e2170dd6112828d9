//! Traditional characters as simplified ones: what a check looks for stands in simplified characters, and a sheet may be
//! written in the others. Texts are folded to be compared; what is kept and shown stays as it was written.

use std::borrow::Cow;
use std::sync::LazyLock;

/// A traditional character and its simplified one, pair by pair, without those that are written alike: every one whose
/// simplified character is among the common ones of GB 2312, after the tables of OpenCC (Apache-2.0).
const PAIRS: &str = "丟丢並并乾干亂乱亞亚佈布佔占併并來来侖仑侶侣侷局係系俠侠俬私倆俩倉仓個个們们倖幸倫伦偉伟側侧偵侦偽伪傑杰傘伞備备傢家\
    傭佣傳传債债傷伤傾倾僅仅僑侨僕仆僥侥僱雇價价儀仪億亿儈侩儉俭儘尽償偿優优儲储兇凶兌兑兒儿內内兩两冊册冪幂凈净凍冻凜凛\
    凱凯別别刪删則则剋克剎刹剛刚剝剥剮剐創创剷铲劃划劄札劇剧劉刘劊刽劍剑劑剂勁劲動动務务勛勋勝胜勞劳勢势勳勋勵励勸劝勻匀\
    匯汇區区協协卹恤卻却厤历厭厌厲厉參参叢丛吳吴吶呐呂吕員员唸念問问啓启啞哑啟启喚唤喪丧喫吃喬乔單单喲哟嗆呛嗎吗嗚呜嘆叹\
    嘔呕嘗尝嘩哗嘯啸噁恶噓嘘噴喷噸吨噹当嚇吓嚐尝嚙啮嚥咽嚨咙嚮向嚴严囂嚣囌苏囑嘱囪囱國国圍围園园圓圆圖图團团埰采執执堅坚\
    堯尧報报場场塊块塗涂塢坞塵尘塹堑墊垫墜坠墮堕墳坟墾垦壇坛壓压壘垒壞坏壟垄壩坝壯壮壺壶壽寿夠够夢梦夥伙夾夹奧奥奪夺奮奋\
    妝妆姦奸娛娱婁娄婦妇媽妈嬌娇嬰婴嬸婶孃娘孫孙學学孿孪宮宫寀采寢寝實实寧宁審审寫写寬宽寵宠寶宝將将專专尋寻對对導导屆届\
    屍尸屜屉屢屡層层屬属岡冈島岛峽峡崑昆崗岗崙仑嶄崭嶺岭嶼屿嶽岳巋岿巒峦巖岩帥帅師师帳帐帶带幀帧幟帜幣币幫帮幹干幾几庫库\
    廁厕廂厢廄厩廈厦廕荫廚厨廟庙廠厂廢废廣广廬庐廳厅弔吊張张強强彆别彈弹彌弥彎弯彔录彙汇彥彦彫雕彿佛後后徑径從从復复徵征\
    徹彻恆恒恥耻悅悦悶闷悽凄惡恶惱恼愛爱慄栗態态慘惨慚惭慣惯慫怂慮虑慶庆慼戚慾欲憂忧憊惫憐怜憑凭憚惮憤愤憫悯憲宪憶忆懇恳\
    應应懞蒙懲惩懶懒懷怀懸悬懼惧懾慑戀恋戰战戲戏戶户扞捍拋抛拚拼挾挟捨舍捱挨捲卷掃扫掄抡掙挣掛挂採采揀拣揚扬換换揮挥損损\
    搖摇搗捣搧扇搶抢摟搂摯挚摳抠摺折摻掺撈捞撐撑撓挠撣掸撥拨撫抚撲扑撻挞撾挝撿捡擁拥擄掳擇择擊击擋挡擔担據据擠挤擣捣擬拟\
    擯摈擰拧擱搁擲掷擴扩擺摆擻擞擾扰攆撵攏拢攔拦攙搀攜携攝摄攢攒攣挛攤摊攪搅攬揽敎教敗败敘叙敵敌數数斂敛斃毙斬斩斷断於于\
    旂旗昇升時时晉晋晝昼暈晕暢畅暫暂曆历曉晓曏向曠旷曬晒書书會会朮术東东枴拐柵栅柺拐桿杆條条棄弃棗枣棟栋棧栈棲栖楊杨楓枫\
    業业極极榦干榮荣構构槍枪槓杠槳桨樁桩樂乐樑梁樓楼標标樞枢樣样樸朴樹树橋桥機机橢椭橫横檔档檢检檯台檸柠檻槛櫃柜櫥橱櫻樱\
    欄栏權权欒栾欽钦歎叹歐欧歡欢歲岁歷历歸归殘残殭僵殲歼殺杀殼壳毀毁毆殴氈毡氣气氫氢氾泛汎泛汙污決决沒没沖冲況况泝溯洩泄\
    洶汹涼凉淒凄淚泪淨净淩凌淪沦淵渊淸清淺浅渙涣減减渦涡測测渾浑湊凑湧涌湯汤準准溝沟溫温溼湿滄沧滅灭滌涤滬沪滯滞滲渗滷卤\
    滾滚滿满漁渔漚沤漢汉漣涟漬渍漲涨漸渐漿浆潑泼潔洁潛潜潤润潰溃澀涩澆浇澇涝澗涧澤泽澱淀濁浊濃浓濕湿濘泞濛蒙濟济濤涛濫滥\
    濰潍濱滨濺溅濾滤瀉泻瀋沈瀕濒瀝沥瀰弥瀾澜灑洒灕漓灘滩灣湾灤滦災灾為为烏乌烴烃無无煉炼煙烟煥焕煩烦熒荧熱热熾炽燈灯燒烧\
    燙烫營营燦灿燬毁燭烛燴烩燻熏燼烬爍烁爐炉爛烂爭争爲为爺爷爾尔牀床牆墙牴抵牽牵犢犊犧牺狀状狹狭狽狈猙狰猶犹獃呆獄狱獅狮\
    獎奖獨独獰狞獲获獵猎獸兽獺獭獻献現现琱雕琺珐瑣琐瑤瑶瑩莹瑪玛環环瓊琼甕瓮產产産产畝亩畢毕畫画異异當当疇畴疊叠痙痉痠酸\
    瘋疯瘍疡瘓痪瘡疮瘧疟療疗癇痫癒愈癟瘪癡痴癢痒癥症癬癣癰痈癱瘫癲癫發发皁皂皚皑皺皱盃杯盜盗盞盏盡尽監监盤盘盧卢盪荡眾众\
    睏困睜睁瞞瞒矇蒙矚瞩矯矫硃朱硯砚碩硕確确碼码磚砖礎础礙碍礦矿礫砾礬矾祕秘祿禄禍祸禦御禮礼禱祷禿秃稅税稈秆稜棱種种稱称\
    穀谷穌稣積积穎颖穢秽穩稳穫获窩窝窪洼窮穷窯窑窺窥竄窜竅窍竇窦竊窃競竞筆笔筍笋箇个箋笺節节範范築筑篤笃篩筛簍篓簑蓑簡简\
    簽签簾帘籃篮籌筹籠笼籤签籬篱籮箩籲吁粵粤糞粪糧粮糰团糾纠紀纪約约紅红紉纫紋纹納纳紐纽純纯紗纱紙纸級级紛纷紡纺紮扎細细\
    紳绅紹绍終终絃弦組组絆绊結结絕绝絛绦絞绞絡络絢绚給给絨绒統统絲丝絹绢綁绑綏绥綑捆經经綜综綠绿綢绸維维綱纲網网綴缀綵彩\
    綸纶綻绽綽绰綿绵緊紧緒绪緘缄線线緝缉緞缎締缔緣缘編编緩缓緬缅緯纬練练緻致縛缚縣县縫缝縮缩縱纵縴纤縷缕總总績绩繃绷織织\
    繕缮繞绕繡绣繩绳繪绘繫系繭茧繳缴繹绎繼继續续纍累纏缠纓缨纔才纖纤纜缆缽钵罈坛罰罚罵骂罷罢羅罗羨羡義义習习翫玩翹翘聖圣\
    聞闻聯联聰聪聲声聳耸聶聂職职聽听聾聋肅肃脅胁脈脉脣唇脩修脫脱脹胀腎肾腦脑腫肿腳脚腸肠膚肤膠胶膩腻膽胆膿脓臉脸臍脐臘腊\
    臟脏臥卧臨临臺台與与興兴舉举舊旧舖铺艙舱艦舰艱艰艷艳茲兹荊荆莊庄莖茎莢荚華华菸烟萊莱萬万葉叶葦苇葯药葷荤蒐搜蒼苍蓆席\
    蓋盖蓮莲蔔卜蔘参蔣蒋蔥葱蔭荫蕩荡蕪芜蕭萧薊蓟薑姜薔蔷薦荐薩萨薹苔藍蓝藝艺藥药藹蔼蘆芦蘇苏蘊蕴蘋苹蘭兰蘿萝處处虛虚虜虏\
    號号虧亏蛻蜕蝕蚀蝦虾蝨虱蝸蜗螞蚂螢萤蟄蛰蟬蝉蟲虫蟻蚁蠅蝇蠍蝎蠟蜡蠱蛊蠶蚕蠻蛮衆众衊蔑術术衕同衚胡衛卫衝冲袷夹補补裝装\
    裡里製制複复褲裤襖袄襪袜襬摆襯衬襲袭覈核見见規规覓觅視视親亲覺觉覽览觀观觸触訂订訃讣計计訊讯討讨訓训訖讫託托記记訛讹\
    訝讶訟讼訣诀訪访設设許许訴诉診诊註注証证詐诈評评詛诅詞词詠咏詢询詣诣試试詩诗詫诧詭诡話话該该詳详誅诛誇夸誌志認认誕诞\
    誘诱語语誠诚誡诫誣诬誤误誦诵誨诲說说説说誰谁課课誹诽誼谊調调諄谆談谈請请諒谅論论諜谍諧谐諮咨諱讳諷讽諸诸諺谚諾诺謀谋\
    謂谓謄誊謅诌謊谎謎谜謗谤謙谦講讲謝谢謠谣謬谬謹谨謾谩譁哗證证譏讥識识譚谭譜谱譟噪譭毁譯译議议譴谴護护譽誉讀读變变讒谗\
    讓让讕谰讚赞谿溪豈岂豎竖豐丰豔艳豬猪貍狸貓猫貝贝貞贞負负財财貢贡貧贫貨货販贩貪贪貫贯責责貯贮貳贰貴贵貶贬買买貸贷費费\
    貼贴貿贸賀贺賂赂賃赁賄贿資资賈贾賊贼賒赊賓宾賜赐賞赏賠赔賢贤賣卖賤贱賦赋質质賬账賭赌賴赖賺赚購购賽赛贅赘贈赠贊赞贍赡\
    贏赢贓赃贖赎贛赣趕赶趙赵趨趋跡迹踐践踰逾踴踊蹟迹蹤踪躊踌躍跃躥蹿軀躯車车軋轧軌轨軍军軒轩軟软軸轴較较載载輓挽輔辅輕轻\
    輛辆輝辉輥辊輩辈輪轮輯辑輸输輻辐輾辗輿舆轄辖轅辕轉转轍辙轎轿轟轰辦办辭辞辮辫辯辩農农迴回逕径這这連连週周進进遊游運运\
    過过達达違违遙遥遜逊遞递遠远適适遲迟遶绕遷迁選选遺遗遼辽邁迈還还邊边邏逻郵邮鄉乡鄒邹鄕乡鄖郧鄧邓鄭郑鄰邻鄲郸醜丑醞酝\
    醣糖醫医醬酱釀酿釁衅釋释釐厘釘钉針针釣钓釦扣釩钒鈅钥鈉钠鈍钝鈔钞鈕钮鈞钧鈣钙鈴铃鈾铀鉀钾鉅巨鉆钻鉑铂鉗钳鉚铆鉛铅鉤钩\
    鉸铰鉻铬銀银銅铜銑铣銘铭銜衔銥铱銳锐銷销銻锑鋁铝鋅锌鋇钡鋒锋鋤锄鋪铺鋸锯鋼钢錄录錐锥錘锤錠锭錢钱錦锦錨锚錫锡錯错錳锰\
    錶表鍊炼鍋锅鍍镀鍘铡鍛锻鍬锹鍵键鍺锗鍼针鍾钟鎂镁鎊镑鎌镰鎖锁鎚锤鎢钨鎬镐鎮镇鎳镍鏇旋鏈链鏟铲鏡镜鏽锈鐐镣鐘钟鐮镰鐳镭\
    鐵铁鑄铸鑑鉴鑒鉴鑰钥鑲镶鑷镊鑼锣鑽钻鑿凿長长門门閃闪閆闫閉闭開开閏闰閑闲閒闲間间閘闸閡阂閣阁閤合閥阀閨闺閩闽閱阅閹阉\
    閻阎闆板闇暗闊阔闌阑闖闯關关闡阐闢辟陝陕陞升陣阵陰阴陳陈陸陆陽阳隊队階阶隕陨際际隨随險险隱隐隴陇隸隶隻只雖虽雙双雛雏\
    雜杂雞鸡離离難难雲云電电霑沾霧雾靈灵靑青靜静鞏巩鞦秋韆千韋韦韌韧韓韩韻韵響响頁页頂顶頃顷項项順顺須须頌颂預预頑顽頒颁\
    頓顿頗颇領领頤颐頭头頰颊頸颈頹颓頻频顆颗題题額额顏颜願愿顛颠類类顧顾顫颤顯显顱颅顴颧風风颱台颳刮飄飘飛飞飢饥飯饭飲饮\
    飼饲飽饱飾饰餃饺餅饼養养餌饵餒馁餓饿餘余餞饯餡馅館馆餬糊餵喂餾馏饅馒饋馈饑饥饒饶饞馋馬马馭驭馮冯馱驮馳驰馴驯駁驳駐驻\
    駒驹駕驾駛驶駝驼駭骇駱骆駿骏騁骋騎骑騙骗騰腾騷骚騾骡驅驱驕骄驗验驚惊驟骤驢驴骯肮髒脏體体髮发鬆松鬍胡鬚须鬥斗鬧闹鬨哄\
    鬱郁魚鱼魯鲁鮑鲍鮮鲜鯉鲤鯨鲸鰓鳃鱉鳖鱗鳞鳥鸟鳳凤鳴鸣鴉鸦鴕鸵鴛鸳鴦鸯鴨鸭鴻鸿鴿鸽鵑鹃鵝鹅鵬鹏鵰雕鵲鹊鶴鹤鷗鸥鷹鹰鹵卤\
    鹹咸鹼碱鹽盐麗丽麥麦麴曲麵面麼么黃黄點点黨党黴霉鼕冬齊齐齋斋齒齿齡龄齣出齧啮齲龋龍龙龐庞龔龚龜龟";

/// The first of the characters that are folded.
const FIRST: char = '\u{4e00}';
/// What each character from [`FIRST`] on is folded to; nothing where it stays.
static FOLDED: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let mut folded = vec![None; 0xa000 - 0x4e00];
    let mut chars = PAIRS.chars();
    while let (Some(traditional), Some(simple)) = (chars.next(), chars.next()) {
        if let Some(place) = place(traditional).and_then(|place| folded.get_mut(place)) {
            *place = Some(simple);
        }
    }
    folded
});

fn place(c: char) -> Option<usize> {
    let offset = u32::from(c).checked_sub(u32::from(FIRST))?;
    usize::try_from(offset).ok()
}

/// A character, simplified.
#[must_use]
pub fn simple(c: char) -> char {
    let found = place(c).and_then(|place| FOLDED.get(place).copied().flatten());
    found.unwrap_or(c)
}

/// A text in simplified characters: as many characters and as many bytes, so that a place in it is the same place in
/// the text.
#[must_use]
pub fn simplified(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| simple(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(simple).collect())
}

/// Masks a text by a rule that knows simplified characters only. What the rule leaves stays as it was written; where it
/// puts other words in the place of some, the whole is shown simplified.
pub fn by_simplified(text: &str, rule: impl Fn(&str) -> String) -> String {
    let folded = simplified(text);
    let shown = rule(&folded);
    if matches!(folded, Cow::Borrowed(_)) {
        return shown;
    }
    if shown.chars().count() != text.chars().count() {
        return if shown == folded {
            text.to_owned()
        } else {
            shown
        };
    }
    let both = text.chars().zip(shown.chars());
    both.map(|(written, shown)| {
        if simple(written) == shown {
            written
        } else {
            shown
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_is_written_in_traditional_characters() {
        for (written, simple) in [
            ("錢滿倉", "钱满仓"),
            ("兒童、學生", "儿童、学生"),
            ("三歲，二年級", "三岁，二年级"),
            ("殘疾證", "残疾证"),
            ("銀行卡號", "银行卡号"),
            ("身份證、電話、聯繫方式", "身份证、电话、联系方式"),
            ("鄧麗華、蕭山", "邓丽华、萧山"),
            ("东风村", "东风村"),
            ("", ""),
        ] {
            assert_eq!(simplified(written), simple, "{written}");
            assert_eq!(simplified(written).len(), written.len(), "{written}");
        }
    }

    #[test]
    fn the_table_folds_each_character_once() {
        let traditional: Vec<char> = PAIRS.chars().step_by(2).collect();
        assert!(traditional.is_sorted_by(|one, two| one < two));
        for c in PAIRS.chars().skip(1).step_by(2) {
            assert_eq!(simple(c), c);
            assert_eq!(c.len_utf8(), FIRST.len_utf8());
        }
    }

    #[test]
    fn a_rule_leaves_what_it_does_not_touch_as_written() {
        let hide = |text: &str| text.replace("满仓", "＊＊");
        assert_eq!(by_simplified("東風村錢滿倉", hide), "東風村錢＊＊");
        let shorten = |text: &str| text.replace("残疾二级", "残疾");
        assert_eq!(by_simplified("殘疾二級，張三", shorten), "残疾，张三");
        assert_eq!(by_simplified("張三經手", shorten), "張三經手");
    }
}
