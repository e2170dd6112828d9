//! The one table of codes: what a program branches on, with the words people read. Every problem document
//! and every fault at a field names one of these.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $zh:literal, $en:literal;)+) => {
        /// A code of a problem or of a fault at a field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// Every code, for the pages that explain them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as sent.
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(Self::$name => $code,)+ } }

            /// The code of this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == name)
            }

            /// The HTTP status of a problem with this code (a fault at a field travels inside another).
            #[must_use]
            pub fn status(self) -> u16 { match self { $(Self::$name => $status,)+ } }

            /// What it means, in Chinese.
            #[must_use]
            pub fn zh(self) -> &'static str { match self { $(Self::$name => $zh,)+ } }

            /// What it means, in English.
            #[must_use]
            pub fn en(self) -> &'static str { match self { $(Self::$name => $en,)+ } }
        }
    };
}

codes! {
    // The request as a whole.
    MalformedRequest = "malformed_request", 400, "这不是有效的 HTTP 请求", "This is no valid HTTP request";
    HeadTooLarge = "head_too_large", 431, "请求头太大", "The head of the request is too large";
    HeadTooSlow = "head_too_slow", 408, "请求头传得太慢，连接已断开，请重试", "The head of the request came too slowly; the connection was closed, please try again";
    MalformedJson = "malformed_json", 400, "请求内容不是有效的 JSON", "The body is no valid JSON";
    NotUtf8 = "not_utf8", 400, "内容不是 UTF-8 编码", "The body is not UTF-8";
    MalformedMultipart = "malformed_multipart", 400, "上传的表单不完整或格式有误", "The uploaded form is incomplete or malformed";
    TooManyRequests = "too_many_requests", 429, "请求过于频繁，请按提示的时间稍后再试", "Too many requests from here; come back after the time in Retry-After";
    InvalidBody = "invalid_body", 422, "请求内容有误，请看 errors 中的位置", "The body does not fit; errors names the places";
    InvalidQuery = "invalid_query", 400, "查询参数有误，请看 errors", "The query does not fit; errors names the places";
    InvalidPath = "invalid_path", 404, "地址中的编号无效", "The id in the address cannot exist";
    NotFound = "not_found", 404, "没有找到，或无权查看", "Not found, or not for you to see";
    NoRoute = "no_route", 404, "没有这个地址", "There is no such address";
    MethodNotAllowed = "method_not_allowed", 405, "这个地址不支持该请求方法", "This address does not take this method";
    UnsupportedMediaType = "unsupported_media_type", 415, "请求内容类型不受支持", "The content type is not supported";
    TooLarge = "too_large", 413, "内容太大", "The body is too large";
    TooSlow = "too_slow", 408, "内容传得太慢，连接已断开，请重新提交", "The body came too slowly; the connection was closed, please send it again";
    Internal = "internal", 500, "系统出错了，请稍后再试", "Something went wrong here; please try again later";
    Unavailable = "unavailable", 503, "系统暂时不可用，请稍后再试；刚才的内容没有保存", "Not available for the moment; nothing was kept, please try again";
    OutcomeUnknown = "outcome_unknown", 503, "系统中途断开，不知道刚才的内容有没有保存；请原样再提交一次", "The system was interrupted: it is not known whether this was kept; please send the very same again";
    // Who is asking.
    Unauthorized = "unauthorized", 401, "请先登录", "Please log in";
    TokenExpired = "token_expired", 401, "登录已过期，请重新登录", "The session has expired";
    LoginFailed = "login_failed", 401, "用户名、密码或动态码不正确", "Username, password or code is not right";
    TotpUsed = "totp_used", 401, "这个动态码已经用过，请等下一个", "This code was used already; wait for the next one";
    TooManyTries = "too_many_tries", 429, "尝试次数过多，请稍候再试", "Too many tries; wait a moment and try again";
    RefreshFailed = "refresh_failed", 401, "登录已失效，请重新登录", "The session is over; please log in";
    ForeignOrigin = "foreign_origin", 403, "不接受来自其他网站的请求", "Requests from other sites are not taken";
    EnrolmentInvalid = "enrolment_invalid", 404, "开户链接无效、已用过或已过期", "The enrolment link is not valid, was used, or has expired";
    PasswordTooShort = "password_too_short", 422, "密码至少 12 个字符（管理员 15 个）", "At least 12 characters (administrators: 15)";
    PasswordTooLong = "password_too_long", 422, "密码最多 128 个字符", "At most 128 characters";
    PasswordTooCommon = "password_too_common", 422, "这个密码太常见，容易被猜到", "This password is too easy to guess";
    PasswordWrong = "password_wrong", 422, "现在的密码不正确", "This is not the password of the account";
    TotpWrong = "totp_wrong", 422, "动态码不正确，请核对手机时间", "The code is not right; check the phone's clock";
    NotPermitted = "not_permitted", 403, "您的岗位不能做这件事", "Your role may not do this";
    StepUpRequired = "step_up_required", 403, "这一步要再输入一次动态码，确认是您本人（五分钟内有效）", "Confirm with a fresh code that it is you; it holds for five minutes";
    OwnAccount = "own_account", 403, "不能改动、停用或确认自己的账号", "Nobody changes, ends or confirms his own account";
    ReceiptRequired = "receipt_required", 401, "请在 X-Receipt-Code 中提供回执码", "Give the receipt code in the header X-Receipt-Code";
    ReceiptUnknown = "receipt_unknown", 404, "没有这个回执码，请核对每一位数字", "No such receipt code; check every digit";
    // Concurrent work.
    IfMatchRequired = "if_match_required", 428, "请用 If-Match 说明您看到的版本", "Say with If-Match which version you saw";
    Stale = "stale", 412, "内容已被他人更改，请重新打开", "Changed by somebody else meanwhile; open it again";
    IllegalState = "illegal_state", 409, "当前状态不能这样做，legal_actions 列出了可以做的", "Not in this state; legal_actions lists what is possible";
    ClocksUnreadable = "clocks_unreadable", 409, "这件事项的计时读不出来，要等系统管理员修复后才能办理；内容没有丢失", "A clock of this case cannot be read; it can be worked on again when those who run the installation have mended it, and nothing of it is lost";
    IdempotencyKeyRequired = "idempotency_key_required", 400, "请提供 Idempotency-Key", "An Idempotency-Key is required";
    IdempotencyKeyInvalid = "idempotency_key_invalid", 422, "Idempotency-Key 应为 22 到 128 个字符的随机串", "An Idempotency-Key has 22 to 128 characters, from at least 16 random bytes";
    IdempotencyKeyReused = "idempotency_key_reused", 422, "同一个 Idempotency-Key 已用于不同的内容", "This Idempotency-Key was used for another body";
    InFlight = "in_flight", 409, "同一请求正在处理，请稍候", "The same request is still being worked on";
    // Two persons.
    PowerDraftWaiting = "power_draft_waiting", 409, "这一项已有一份草稿，请接着改那一份", "There is a draft of this item already; go on with that one";
    PowerDraftRemoves = "power_draft_removes", 409, "这份草稿是撤销本地写法，没有内容可改", "This draft takes the item out of force; there is nothing in it to change";
    PowerSameAsAbove = "power_same_as_above", 409, "和上级模板现行的一样，不必另定；本地另有写法的，请撤销本地写法，就又跟着模板走", "It says what the template above says: nothing has to be set here; an item of one's own is taken out of force, and the template holds again";
    NothingChanged = "nothing_changed", 409, "内容与现行版本一样，不必再公布", "It says what the version in force says; there is nothing to publish";
    PowerCodeTaken = "power_code_taken", 422, "这个编码已用于另一项", "The code belongs to another item";
    PowerUnknown = "power_unknown", 422, "本地区没有自己的这一项", "The region has no such item of its own in force";
    ProposalWaiting = "proposal_waiting", 409, "同样的提议已在等待第二人确认", "The same is proposed already and waits for a second person";
    ProposalVoid = "proposal_void", 409, "提议已作废（超过三个工作日、情况已变，或提议人已不在岗）", "The proposal is void: three working days have passed, things have changed, or its proposer has gone";
    ProposalDecided = "proposal_decided", 409, "提议已有决定", "The proposal was decided already";
    LastAdministrator = "last_administrator", 409, "这是最后一位管理员，不能停用或改任", "This is the last administrator, who cannot be disabled or given another role";
    UsernameTaken = "username_taken", 409, "这个用户名已有人用", "Somebody has this user name";
    PersonHasAccount = "person_has_account", 409, "这个人已有在用的账号", "This person has an account in use";
    SamePerson = "same_person", 403, "须由另一个人确认，换账号也不行", "It takes another natural person, not another account";
    NotApproved = "not_approved", 409, "还没有第二个人同意，或没有同意", "A second person has not approved it, or said no";
    // Who the complainant is.
    CaseAnonymous = "case_anonymous", 409, "这件事项是匿名的，没有身份可看，回执码也不能补发", "This case is anonymous: there is no identity to open, and its receipt cannot be issued anew";
    IdentityErased = "identity_erased", 410, "保存期已满，身份信息已删除", "The time of retention is over: the identity was erased";
    ShownOnce = "shown_once", 409, "已经看过，只显示一次；还要看请重新申请", "It was shown already, and is shown once; ask again if you need it again";
    VaultElsewhere = "vault_elsewhere", 503, "这台服务器没有解封身份的钥匙，请向保管钥匙的服务器提出；没有任何改动", "This server does not hold the key to identities; ask the one that does. Nothing was changed";
    VaultKeyMissing = "vault_key_missing", 503, "本县解封身份的钥匙不在或不对，请联系管理员；申请还在，可以再试", "The county's key to identities is missing or another one; tell whoever runs this. Nothing is lost, try again then";
    SealAltered = "seal_altered", 409, "封存的身份信息已损坏或被改动，无法打开", "The sealed identity was damaged or altered and does not open";
    SealKeyMissing = "seal_key_missing", 503, "本县封存身份的公钥还没有准备好，实名和保密的反映暂时提交不了；可以稍后再试，或匿名提交", "The county's public key is not here yet: for the moment only anonymous filings are taken; try again later";
    IdentityMismatch = "identity_mismatch", 409, "所出示的身份与反映人不符，不能补发", "Whoever asks is not the one who filed: no new receipt";
    ReceiptReissued = "receipt_reissued", 409, "这件事项已经提交过，回执码后来补发过，原来的已作废", "This was filed, and its receipt was issued anew since: the first code is dead";
    TooManyCases = "too_many_cases", 422, "符合条件的事项太多，请缩小范围", "More cases fit than go into one file; narrow it";
    // Fields.
    Required = "required", 422, "必填", "Required";
    UnknownField = "unknown_field", 422, "没有这个字段", "There is no such field";
    FieldTwice = "field_twice", 422, "这个字段出现了两次", "This field was sent twice";
    UnknownAction = "unknown_action", 422, "没有这个操作", "There is no such action";
    WrongType = "wrong_type", 422, "类型不对", "Not of the right type";
    TooShort = "too_short", 422, "内容太短", "Too short";
    TooLong = "too_long", 422, "内容太长", "Too long";
    ControlCharacter = "control_character", 422, "含有不可用的控制字符", "Contains control characters";
    InvalidText = "invalid_text", 422, "文字无效（太短、太长或含控制字符）", "The text is too short, too long or has control characters";
    PersonalNumber = "personal_number", 422, "大家都能看到的文字里不能有手机号、身份证号、银行卡号，请删掉", "Words for everybody may hold no mobile, identity card or bank card number: take it out";
    PersonalName = "personal_name", 422, "这里写了不对外公开的姓名，大家都能看到的文字里只写姓，如 张＊", "Names somebody in full: words for everybody say the surname only, as 张＊";
    QuotesComplaint = "quotes_complaint", 422, "这里照抄了反映人的原话，看的人可能认出是谁，请用自己的话写", "Repeats the complainant's own words, by which he may be known: say it in other words";
    InvalidPhone = "invalid_phone", 422, "电话号码无效", "Not a telephone number";
    InvalidEmail = "invalid_email", 422, "邮箱地址无效", "Not a mail address";
    InvalidTime = "invalid_time", 422, "时间应为 RFC 3339 格式，如 2026-11-27T09:30:00+08:00", "Not an RFC 3339 time, such as 2026-11-27T09:30:00+08:00";
    InvalidDate = "invalid_date", 422, "日期应如 2026-10-01", "A date is like 2026-10-01";
    InvalidRegionCode = "invalid_region_code", 422, "地区编码应为 12 位数字", "A region code has 12 digits";
    InvalidId = "invalid_id", 422, "编号无效", "Not an id";
    InvalidPeriod = "invalid_period", 422, "期间应如 2026-10、2026-Q4 或 2026", "A period is like 2026-10, 2026-Q4 or 2026";
    TooFarAhead = "too_far_ahead", 422, "期限超出 9999 年，无法计算", "The limit ends after the year 9999, which no date here can say";
    InvalidOfficeHours = "invalid_office_hours", 422, "办公时间应为依次排列、互不重叠的起止时刻，如 [[\"09:00\",\"12:00\"],[\"13:30\",\"17:00\"]]", "Office hours are ranges in order that do not overlap, such as [[\"09:00\",\"12:00\"],[\"13:30\",\"17:00\"]]";
    InvalidCursor = "invalid_cursor", 422, "翻页标记无效，请从第一页开始", "The cursor is not valid; begin at the first page";
    OutOfRange = "out_of_range", 422, "超出范围", "Out of range";
    RegionEnded = "region_ended", 422, "这个村那时已经撤并，以后的账由合并后的村公开", "This village had been merged by then: later accounts are its successor's";
    RegionUnknown = "region_unknown", 422, "没有这个地区", "There is no such region";
    RegionElsewhere = "region_elsewhere", 422, "只能登记本县（区）的事项", "Only matters of one's own county can be taken down";
    RegionTooWide = "region_too_wide", 422, "请选择到县、乡镇或村", "Choose a county, township or village";
    RegionTooNarrow = "region_too_narrow", 422, "统计到县或乡镇为止，不到村", "Statistics are by county or township, never by village";
    PeriodOpen = "period_open", 422, "这一期还没有结束，结束后才有统计", "This period has not ended; its statistics come when it has";
    CategoryUnknown = "category_unknown", 422, "没有这个类别", "There is no such category";
    BelongsElsewhere = "belongs_elsewhere", 422, "这类事项请走其他渠道，见 GET /categories 的 redirect", "This matter has another door: see redirect in GET /categories";
    AnonymousWithIdentity = "anonymous_with_identity", 422, "匿名投诉不要填写姓名、电话或邮箱", "An anonymous complaint carries no name, phone or mail";
    IdentityMissing = "identity_missing", 422, "请填写联系方式，或选择匿名", "Give a way to reach you, or choose anonymous";
    AboutNotFound = "about_not_found", 422, "所指的公开内容不存在或不属于这里", "What it is about does not exist or belongs elsewhere";
    TargetUnknown = "target_unknown", 422, "没有这个单位或岗位", "There is no such unit or post here";
    TargetInvalid = "target_invalid", 422, "对象填写不完整：organisation 和 post 要 id，group 要 group，other 要 text", "Incomplete: organisation and post need id, group needs group, other needs text";
    AboveTheCity = "above_the_city", 422, "反映市级的事项不在这里受理，请向省级机关反映（如 12388）", "Complaints about the city are not taken here; turn to the province (12388)";
    NoOrgan = "no_organ", 422, "这里还没有可受理的监督机关，已通知管理员", "No supervising organ is set up here yet";
    AttachmentGone = "attachment_gone", 422, "照片凭证无效、已用过或已过期，请重新上传", "The photo's token is not valid, was used or has expired; upload it again";
    TooManyAttachments = "too_many_attachments", 422, "一件事项最多 6 张照片", "At most six photos belong to one case";
    AttachmentsTooLarge = "attachments_too_large", 422, "一件事项的照片合计不能超过 30 MiB", "The photos of one case may take 30 MiB in all";
    AttachmentUnknown = "attachment_unknown", 422, "没有这张照片", "There is no such photo";
    ImageUnsupported = "image_unsupported", 415, "请上传 JPEG、PNG 或 WebP 照片", "Upload a photo as JPEG, PNG or WebP";
    ImageUnreadable = "image_unreadable", 422, "照片不完整或已损坏，请重新选一张", "The photo is damaged or not complete; choose another";
    ImageTooLarge = "image_too_large", 422, "照片尺寸太大（最多 4000 万像素，边长不超过 12000）", "The photo has too many pixels: at most 40 million, and 12,000 along a side";
    ImageTooComplex = "image_too_complex", 422, "照片的格式太特殊（颜色位数或分层太多），请另存为普通的 JPEG 再上传", "The photo takes too much to decode (16 bits a colour, or very many passes); save it as an ordinary JPEG and upload that";
    BoxOutside = "box_outside", 422, "遮盖框应在图片之内，宽高至少 1", "A box lies within the picture and covers at least one pixel";
    VoucherNotRedacted = "voucher_not_redacted", 409, "还没有遮盖，不能确认", "Nobody has redacted it yet, so there is nothing to confirm";
    VoucherPublic = "voucher_public", 409, "这张凭证已确认并公开，不能再改；有错请提出更正或撤回，由第二人确认", "This voucher is confirmed and public and never changes; propose a correction or a withdrawal, which a second person approves";
    VoucherOwnWork = "voucher_own_work", 403, "上传或遮盖的人不能自己确认", "Whoever uploaded or redacted it may not confirm it";
    ZoneLeadElsewhere = "zone_lead_elsewhere", 422, "牵头单位应在本县", "The organisation that leads a zone is one of its county";
    TownshipUnknown = "township_unknown", 422, "本县没有这个乡镇", "There is no such township in this county";
    TownshipTaken = "township_taken", 422, "这个乡镇已属于另一个片区", "This township belongs to another zone already";
    RelationToSelf = "relation_to_self", 422, "不能声明与自己有关联", "Nobody is related to himself";
    PostUnknown = "post_unknown", 422, "没有这个岗位", "There is no such post";
    LetterNotDead = "letter_not_dead", 409, "这封通知不在失败清单里，无须重发", "This letter has not failed; there is nothing to send again";
    TimerNotDead = "timer_not_dead", 409, "这个计时没有停，无须恢复", "This clock has not stopped; there is nothing to set going";
    UsernameInvalid = "username_invalid", 422, "用户名为 2 到 32 个字符，可用 a-z、0-9、点、下划线和短横", "2 to 32 of a-z, 0-9, '.', '_' and '-'";
    RoleUnfit = "role_unfit", 422, "这个岗位不能设在该单位或地区", "This role does not fit the unit or the region";
    RegionOutsideUnit = "region_outside_unit", 422, "账号的地区应在其单位的地区之内", "The region lies outside the one the unit works for";
    UnitUnknown = "unit_unknown", 422, "没有这个单位", "There is no such unit";
    UnitClosed = "unit_closed", 409, "这个单位已经撤销", "This unit was closed";
    UnitStands = "unit_stands", 409, "村委会、监委会、政府和监督机关随地区设立，不能撤销", "A region has its committees, its government and its discipline organ for good: they cannot be closed";
    UnitInUse = "unit_in_use", 409, "还有事情没有了结，现在不能撤销", "It cannot be closed while something still hangs on it";
    UnitHasCases = "unit_has_cases", 409, "还有没办结的事项在这个单位", "Cases that are not at their end lie with it";
    UnitHasAccounts = "unit_has_accounts", 409, "还有账号在这个单位", "Accounts work in it";
    UnitLeadsUnits = "unit_leads_units", 409, "还有单位归它领导", "It leads other units";
    UnitLeadsZones = "unit_leads_zones", 409, "它还是片区的牵头单位", "It leads a zone";
    UnitNameTaken = "unit_name_taken", 422, "这个地区已有同名的单位", "A unit of the region has this name";
    UnitKindUnfit = "unit_kind_unfit", 422, "这一级不能另设这类单位：村委会、监委会、政府和监督机关随地区设立，县局设在县（区），代理记账中心设在乡镇或县（区）", "No further unit of this kind at this level: committees, governments and discipline organs come with their region, bureaus belong to a county, accounting agencies to a township or a county";
    LeaderUnfit = "leader_unfit", 422, "领导它的单位应在同一地区或上一级地区", "The unit that leads it is one of the same region or of the one above";
    NobodyLeads = "nobody_leads", 422, "至少要有一个负责人职务", "At least one of the posts leads the unit";
    PostsFull = "posts_full", 409, "一个单位最多 60 个职务", "A unit has at most 60 posts";
    UnitTouched = "unit_touched", 422, "该单位是被反映对象或受其领导，须回避", "This unit is complained about or led by who is: it is recused";
    UnitRelated = "unit_related", 422, "该单位已声明与被反映对象有关联，须回避", "This unit declared to be related to who is complained about: it is recused";
    UnitVillageCommittee = "unit_village_committee", 422, "这件事不能交给村委会或村里其他单位办理", "Neither a village committee nor another unit of the village may handle this";
    UnitElsewhere = "unit_elsewhere", 422, "该单位不在本乡镇；同片区其他乡镇的单位只能由县级指定", "This unit is of another township; only the county may name one, and only within the zone";
    NotAbove = "not_above", 422, "只能移交给上级监督机关", "Only to a supervising organ above";
    PersonUnknown = "person_unknown", 422, "没有这个账号，或无权查看", "There is no such account, or it is not for you to see";
    ActionUnknown = "action_unknown", 422, "没有记录过这种操作", "Nothing of that name was ever done here";
    StaffUnknown = "staff_unknown", 422, "本单位没有这位可以经办的工作人员", "Nobody of this unit who could take it";
    MergeUnknown = "merge_unknown", 422, "没有这件可以并入的事项", "There is no such case to follow";
    MergeElsewhere = "merge_elsewhere", 422, "只能并入同一地区的事项", "Only a case of the same region can be followed";
    MergeNotOpen = "merge_not_open", 422, "所并入的事项应正在办理，且自身没有并入其他事项", "The case to follow must be open and follow none itself";
    MergeTouched = "merge_touched", 422, "所并入的事项由须回避的单位监督或办理", "The case to follow is in the hands of a unit that is recused here";
    PublishingNotAllowed = "publishing_not_allowed", 422, "投诉人没有同意公开答复", "The complainant did not allow an answer for everybody";
    ExtensionTooLong = "extension_too_long", 422, "一次延期不能超过该环节原来的时限", "One extension adds at most the stage's own limit";
    ExtensionTooFar = "extension_too_far", 422, "延期后的期限超过了从提交起算的最长天数", "The extended date lies beyond the longest time from filing";
    DueInThePast = "due_in_the_past", 422, "期限应在将来", "The due time must lie ahead";
    // Policies and calendars.
    StageUnfit = "stage_unfit", 422, "这个环节不能在这里设定", "This stage cannot be set here";
    KindUnknown = "kind_unknown", 422, "没有这种类别，可用 complaint、question、suggestion、help", "There is no such kind: complaint, question, suggestion, help";
    StageUnknown = "stage_unknown", 422, "没有这个环节", "There is no such stage";
    StepUnknown = "step_unknown", 422, "没有这一级，可用 remind、warn、red、county、city", "There is no such step: remind, warn, red, county, city";
    RecipientUnknown = "recipient_unknown", 422, "没有这个对象，可用 unit、supervising、zone_lead、county、city", "There is no such recipient: unit, supervising, zone_lead, county, city";
    NamedTwice = "named_twice", 422, "重复了", "Named twice";
    UnitsMixed = "units_mixed", 422, "同一办法中不能同时使用办公小时和自然小时", "A policy counts office hours or hours of the wall clock, never both";
    LadderOrder = "ladder_order", 422, "升级步骤应由低到高，各一次，时间逐级推后", "The steps of the ladder go up, each once, each later than the one before";
    DelayUnfit = "delay_unfit", 422, "只有 county 和 city 在到期之后若干工作日", "Only county and city come some working days after the due date";
    NotACounty = "not_a_county", 422, "请选择县（区）", "Choose a county";
    NothingToChange = "nothing_to_change", 422, "没有要更改的内容", "There is nothing to change in this";
    BadHolidays = "bad_holidays", 422, "日历表有误", "The table of days does not fit";
    // What must be published when.
    CatalogueCode = "catalogue_code", 422, "事项代码为 1 到 40 个 a-z、0-9 或短横", "A matter's code has 1 to 40 of a-z, 0-9 and '-'";
    DueRuleUnfit = "due_rule_unfit", 422, "公开时限与公开频次不符：随时公开从发生日起算，其余从周期起算", "The due rule does not fit the frequency: at once counts from an event, the rest from a period";
    LooserThanAbove = "looser_than_above", 422, "下级目录只能比上级更严：不能更晚、更少或换成别的公开表", "A region below may only ask for more: never later, less often or another kind";
    MatterUnknown = "matter_unknown", 422, "该村的公开目录中没有这个随时公开的事项", "The village's catalogue has no such matter that must be published at once";
    StatusUnknown = "status_unknown", 422, "没有这种状态，可用 on_time、due、overdue、missing、late、struck", "There is no such status: on_time, due, overdue, missing, late, struck";
    ObligationByRule = "obligation_by_rule", 409, "这一项是公开目录定期要求的，不是登记的事，不能注销", "The catalogue asks for this period by period; only what was written down as an event can be struck";
    ObligationAnswered = "obligation_answered", 409, "这一项已经公开，不能注销", "This is published already; it cannot be struck";
    ObligationStruck = "obligation_struck", 409, "这一项已经注销", "This was struck already";
    // Disclosures.
    FileMissing = "file_missing", 422, "请上传文件（字段 file）", "Upload a file (field file)";
    KindUnsupported = "kind_unsupported", 422, "没有这种公开类型", "There is no such kind of disclosure";
    RegionNotVillage = "region_not_village", 422, "公开内容按村填报，请选择到村", "Disclosures are made by village; choose one";
    PreviewUnknown = "preview_unknown", 422, "没有这个预览，请重新上传", "There is no such preview; upload again";
    PreviewHasErrors = "preview_has_errors", 422, "表格还有错误，改好后重新上传", "The sheet still has errors; mend it and upload again";
    PreviewElsewhere = "preview_elsewhere", 422, "这份表格不是这个村、这一类、这一期的", "This sheet is of another village, kind or period";
    ColumnUnknown = "column_unknown", 422, "这张表没有这个表头", "This table has no such heading";
    ColumnTwice = "column_twice", 422, "同一列已经对到了另一个表头", "Another heading was given the same column";
    PeriodNotBegun = "period_not_begun", 422, "这一期还没有开始，不能公开", "This period has not begun; it cannot be published yet";
    PeriodNotOver = "period_not_over", 409, "这一期还没有过完，过完以后才能公开", "This period is not over: what it came to can be published only after it";
    PeriodOverlaps = "period_overlaps", 409, "已公布的同类公开表里有同一段时间的（月、季、年重叠）；同一段时间只能有一份", "One of this kind that covers some of the same days is published (months, quarters and years overlap); the same days can have one only";
    DraftOfOthers = "draft_of_others", 409, "这一期已有别人起草的草稿（代理记账中心或系统导入的），只有起草的一方能替换或撤下", "This period has a draft of somebody else, of the accounting agency or imported: whoever drafted it replaces it or takes it back";
    PeriodTaken = "period_taken", 409, "这一期已有公开的内容、签过字的草稿，或公开后撤回过的内容；公开过的请在原来的上面更正，草稿请先撤下", "This period has a disclosure, a signed draft or one that was withdrawn already: correct what was published, take a draft back first";
    OpeningNotLastClosing = "opening_not_last_closing", 409, "期初余额不等于上期期末余额；上期也要更正的，先把上期的更正审核签字，再一起公布", "The opening balance is not last period's closing balance; where that one is corrected too, have its correction signed first: both come out together";
    ClosingNotNextOpening = "closing_not_next_opening", 409, "期末余额不等于下期期初余额；请把下期也更正并审核签字，再一起公布", "The closing balance is not the next period's opening balance; correct the next one too and have it signed: both come out together";
    DisclosureWithdrawn = "disclosure_withdrawn", 410, "这份公开内容已撤回，明细不再显示；撤回的时间和原因见公开页", "This disclosure was withdrawn and its lines are not shown any more; it says itself when and why";
    LinesTakenDown = "lines_taken_down", 410, "涉及个人的明细已按期撤下，只保留合计", "The lines about people were taken down at the end of their time; the sums stay";
    PostingNotOver = "posting_not_over", 409, "公示还不能结束，现在不能同意撤回；涉及个人信息须立即撤下的，请重新提议并注明", "The posting cannot end yet, so this cannot be approved now; what shows personal data and must go at once is proposed as such";
    NotAfterLast = "not_after_last", 409, "与已公开的上一期接不上", "It does not go on from the period that is published before it";
    NotBeforeNext = "not_before_next", 409, "与已公开的下一期接不上", "The period that is published after it does not go on from it";
    ChartUnknown = "chart_unknown", 422, "科目表版本是 2004 或 2024", "A chart of accounts is 2004 or 2024";
    SignerDrafted = "signer_drafted", 403, "编制人不能审核自己的表", "Whoever drafted it may not sign it";
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_unique_and_worded() {
        let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        for code in Code::ALL {
            assert!(!code.zh().is_empty() && !code.en().is_empty());
            assert!((400..=503).contains(&code.status()));
        }
    }
}
