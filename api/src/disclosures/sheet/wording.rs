//! What is wrong with a cell, in words of both languages. One table: a code that nobody uses does not pass the tests.

/// Code, Chinese, English.
pub const WORDING: &[(&str, &str, &str)] = &[
    // The file.
    ("file_empty", "文件是空的。", "The file is empty."),
    (
        "file_too_large",
        "文件太大，最大 {expected}。",
        "The file is too large; at most {expected}.",
    ),
    (
        "unknown_format",
        "不是 Excel（.xlsx）或 CSV 文件。",
        "Neither an Excel workbook (.xlsx) nor a CSV file.",
    ),
    (
        "old_xls",
        "是旧版 .xls 或加了密码的文件，请在 Excel 里另存为不加密的 .xlsx。",
        "An old .xls or a password-protected file; save it as .xlsx without a password.",
    ),
    (
        "has_password",
        "文件加了密码，请在 Excel 里去掉密码后另存为 .xlsx。",
        "The file has a password; take it away in Excel and save it as .xlsx.",
    ),
    (
        "is_web_page",
        "这是网页（HTML 或 XML），只是名字像 Excel 文件；请在 Excel 里打开后另存为 .xlsx。",
        "This is a web page (HTML or XML) that is only called a workbook; open it in Excel and save it as .xlsx.",
    ),
    (
        "takes_too_long",
        "读取时间太长，已停止。请只留下公开用的一张表，或另存为“CSV UTF-8”。",
        "Reading took too long and was stopped. Keep only the sheet to disclose, or save it as \"CSV UTF-8\".",
    ),
    (
        "needs_too_much_memory",
        "表格太大，读不下来，已停止。请删掉多余的内容，只留下公开用的一张表。",
        "The file needs too much memory and was given up. Delete what is not needed and keep only the sheet to disclose.",
    ),
    (
        "not_utf8",
        "CSV 的编码认不出来，请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。",
        "The CSV file is neither UTF-8 nor GBK; in Excel, save it as \"CSV UTF-8 (comma delimited)\".",
    ),
    (
        "workbook_unreadable",
        "打不开这个工作簿，文件可能损坏，请重新另存为 .xlsx。",
        "The workbook cannot be opened and may be damaged; save it as .xlsx again.",
    ),
    (
        "other_sheets",
        "只读了“{expected}”这张表，没有读：{found}。要公开的内容请放在同一张表里，或分开上传。",
        "Only the sheet {expected} was read, and not: {found}. Put what is to be disclosed into one sheet, or upload it by itself.",
    ),
    (
        "hidden_cells",
        "工作簿里有隐藏（或筛掉）的行或列，也一并读入了；不该公开的请先删掉。",
        "The workbook has rows or columns that are hidden or filtered out; they were read too. Delete what is not to be disclosed.",
    ),
    (
        "too_many_entries",
        "工作簿里的部件太多，请只留下公开用的一张表。",
        "The workbook has too many parts; keep only the sheet to disclose.",
    ),
    (
        "has_symlink",
        "工作簿里有指向别处的快捷方式，请在 Excel 里重新另存为 .xlsx。",
        "The workbook's archive has a symbolic link; save it as .xlsx again in Excel.",
    ),
    (
        "duplicate_entries",
        "工作簿里有同名的部件，文件可能被改动过，请在 Excel 里重新另存为 .xlsx。",
        "Parts of the workbook have the same name, so it may have been altered; save it as .xlsx again in Excel.",
    ),
    (
        "overlapping_entries",
        "工作簿里的部件互相重叠，文件可能被改动过，请在 Excel 里重新另存为 .xlsx。",
        "Parts of the workbook overlap, so it may have been altered; save it as .xlsx again in Excel.",
    ),
    (
        "odd_archive",
        "工作簿的压缩格式异常，文件可能被改动过，请在 Excel 里重新另存为 .xlsx。",
        "The workbook is packed in an odd way and may have been altered; save it as .xlsx again in Excel.",
    ),
    (
        "unpacks_too_large",
        "工作簿解压后太大，请删掉多余的空行、空列和图片。",
        "The workbook unpacks to too much; delete empty rows, empty columns and pictures.",
    ),
    (
        "has_macros",
        "工作簿里有宏，请另存为不带宏的 .xlsx。",
        "The workbook has macros; save it as .xlsx without macros.",
    ),
    (
        "has_external_links",
        "工作簿引用了别的文件，请把引用的单元格粘贴为数值。",
        "The workbook links to other files; paste the linked cells as values.",
    ),
    (
        "nested_archive",
        "工作簿里嵌了别的文件，请删掉。",
        "Other files are embedded in the workbook; remove them.",
    ),
    (
        "has_dtd",
        "工作簿里有不允许的内容（DTD）。",
        "The workbook contains something that is not allowed (a DTD).",
    ),
    (
        "too_many_rows_of_xlsx",
        "行数太多，工作簿最多 {expected} 行；更多的请另存为“CSV UTF-8”后上传。",
        "Too many rows; a workbook may have {expected}. Save a longer one as \"CSV UTF-8\".",
    ),
    (
        "too_many_rows",
        "行数太多，最多 {expected} 行。",
        "Too many rows; at most {expected}.",
    ),
    // The layout.
    (
        "headings_not_found",
        "前十行里找不到表头（{expected}）；请用本站的模板，或者指明哪一列是什么。",
        "No headings in the first ten rows ({expected}); use the template, or say which column is which.",
    ),
    (
        "heading_missing",
        "缺少表头“{column}”；表头要在同一行，不要合并单元格。",
        "The heading {column} is missing; all headings stand in one row, in cells that are not merged.",
    ),
    (
        "heading_not_there",
        "表里没有“{found}”这一列，不能当作“{column}”。",
        "The sheet has no column {found} to be taken for {column}.",
    ),
    (
        "heading_twice",
        "表头“{column}”出现了两次。",
        "The heading {column} appears twice.",
    ),
    (
        "heading_unknown",
        "不认识的表头“{found}”，这一列没有导入。",
        "Unknown heading {found}; this column was not imported.",
    ),
    (
        "unit_not_yuan",
        "“{found}”的单位不是元，请换算成元。",
        "{found} is not in yuan; convert it to yuan.",
    ),
    (
        "pair_missing",
        "缺少“{column}”，请写在表头上方。",
        "{column} is missing; write it above the headings.",
    ),
    (
        "pair_twice",
        "“{column}”出现了两次。",
        "{column} appears twice.",
    ),
    (
        "pair_differs",
        "表里写的“{column}”是 {found}，填报的是 {expected}。",
        "The sheet says {found} for {column}, but {expected} was given.",
    ),
    (
        "period_unreadable",
        "看不懂期间“{found}”，请写成 2026-10、2026-Q4 或 2026。",
        "Cannot read the period {found}; write 2026-10, 2026-Q4 or 2026.",
    ),
    // A cell.
    ("cell_missing", "“{column}”是空的。", "{column} is empty."),
    (
        "cell_error",
        "单元格是错误值 {found}。",
        "The cell holds the error {found}.",
    ),
    (
        "formula_without_value",
        "单元格是公式，但没有算出的值；请在 Excel 里打开并保存，或粘贴为数值。",
        "The cell is a formula without its value; open and save the file in Excel, or paste values.",
    ),
    (
        "not_an_amount",
        "“{found}”不是金额。",
        "{found} is not an amount of money.",
    ),
    (
        "too_many_decimals",
        "金额 {found} 超过两位小数。",
        "The amount {found} has more than two decimals.",
    ),
    (
        "amount_too_large",
        "金额 {found} 太大。",
        "The amount {found} is too large.",
    ),
    (
        "date_unreadable",
        "看不懂日期“{found}”，请写成 2026-10-03。",
        "Cannot read the date {found}; write 2026-10-03.",
    ),
    (
        "not_a_number",
        "“{found}”不是整数。",
        "{found} is not a whole number.",
    ),
    (
        "became_a_date",
        "Excel 把这一格变成了日期，请把这一列设为“文本”后重填。",
        "Excel turned this cell into a date; format the column as text and type it again.",
    ),
    (
        "text_too_long",
        "文字太长，最多 {expected} 个字。",
        "The text is too long; at most {expected} characters.",
    ),
    (
        "bad_text",
        "文字里有不允许的控制字符。",
        "The text contains control characters.",
    ),
    // Sums and order.
    (
        "total_wrong",
        "合计行写的是 {found}，各行相加是 {expected}。",
        "The total row says {found}; the lines add up to {expected}.",
    ),
    (
        "row_after_total",
        "合计行下面还有金额，请把它移到合计行上面。",
        "There is an amount below the total row; move it above.",
    ),
    (
        "opening_not_last_closing",
        "期初余额 {found} 与上期期末余额 {expected} 不一致。",
        "The opening balance {found} is not the last closing balance {expected}.",
    ),
    (
        "opening_after_gap",
        "上一期的账没有公布（或已撤回），期初余额 {found} 和更早一期的期末余额（{expected}）接不上，请核对并向村民说明。",
        "The period before is not published (or was withdrawn), and the opening balance {found} is not what the last one before it left ({expected}): check it, and tell the villagers why.",
    ),
    (
        "closing_not_next_opening",
        "期末余额 {found} 与已公布的下一期期初余额 {expected} 不一致；下一期也要更正。",
        "The closing balance {found} is not the opening balance {expected} of the period after, which is published: correct that one too.",
    ),
    (
        "next_does_not_go_on",
        "已公布的 {expected} 和这份表接不上（{found}）：不改就公布不了，请核对这份的期末数，或先更正那一期。",
        "What is published for {expected} does not go on from this table ({found}): it cannot be published like this. Check its closing figures, or correct that period first.",
    ),
    (
        "closing_wrong",
        "期末余额写的是 {found}，期初余额＋收入－支出是 {expected}。",
        "The closing balance says {found}; opening + income − expense is {expected}.",
    ),
    (
        "balance_wrong",
        "余额写的是 {found}，按上一行推算是 {expected}。",
        "The balance says {found}; from the line above it follows that it is {expected}.",
    ),
    (
        "carried_wrong",
        "结转行的余额是 {found}，期初余额是 {expected}。",
        "The balance carried over is {found}; the opening balance is {expected}.",
    ),
    (
        "amount_missing",
        "收入和支出都是空的。",
        "Neither income nor expense.",
    ),
    (
        "income_and_expense",
        "同一行既有收入又有支出，请分成两行。",
        "Both income and expense in one line; split it into two.",
    ),
    (
        "negative_amount",
        "金额 {found} 是负数；冲红请在另一边写成正数。",
        "The amount {found} is negative; write a correction as a positive amount on the other side.",
    ),
    (
        "date_outside_period",
        "日期 {found} 不在期间 {expected} 之内。",
        "The date {found} is not within {expected}.",
    ),
    (
        "line_number_order",
        "序号 {found} 重复或没有从小到大。",
        "The number {found} repeats or does not rise.",
    ),
    // What leads to a person.
    (
        "heading_forbidden",
        "“{found}”这一列不能公开，请删掉整列：公开表里不要身份证号、银行卡号、电话、住址门牌、残疾和疾病的种类。",
        "The column {found} may not be disclosed; delete it: no identity, card or telephone numbers, no addresses, no kinds of disability or illness.",
    ),
    (
        "heading_dropped",
        "“{found}”这一列只用来核对年龄，不保存也不公开。",
        "The column {found} is only looked at for minors; it is neither kept nor shown.",
    ),
    (
        "has_identity_number",
        "单元格里有身份证号，不能公开，请删掉。",
        "The cell has an identity card number; it may not be disclosed. Delete it.",
    ),
    (
        "has_bank_card",
        "单元格里有银行卡号，不能公开，请删掉。",
        "The cell has a bank card number; it may not be disclosed. Delete it.",
    ),
    (
        "has_long_number",
        "单元格里有很长的号码（像卡号、存折号、证件号），名单里不能公开，请删掉。",
        "The cell has a long number, as of a card, a passbook or a document; a list of people may not have it. Delete it.",
    ),
    (
        "has_account",
        "单元格里有邮箱、微信、QQ、卡号（账号、存折号）或护照号，不能公开，请删掉。",
        "The cell has an e-mail address, a WeChat or QQ account, the number of a card, an account or a passport; it may not be disclosed. Delete it.",
    ),
    (
        "has_phone",
        "单元格里有电话号码，不能公开，请删掉。",
        "The cell has a telephone number; it may not be disclosed. Delete it.",
    ),
    (
        "minor_listed",
        "这一行涉及未成年人，不能逐人公开；请合并成一行，“{column}”只写人数，如“共3人”。",
        "This row is about a minor, who may not be listed; join such rows in one and write only how many in {column}, as 共3人.",
    ),
    (
        "address_too_exact",
        "“{found}”写到了门牌，请只写到组（屯）。",
        "{found} names a house; write only the group or hamlet.",
    ),
    // Cells of tables.
    (
        "merged_cell",
        "“{found}”所在的单元格合并了，看不出是哪一行的，请拆开。",
        "The cell with {found} is merged, so it cannot be told whose it is; split it.",
    ),
    (
        "word_unknown",
        "“{column}”不能写“{found}”，只能写：{expected}。",
        "{found} is not a word for {column}; write one of {expected}.",
    ),
    (
        "span_unreadable",
        "看不懂起止日期“{found}”，请写成 2024-03-01至2029-02-28，先早后晚。",
        "Cannot read the term {found}; write 2024-03-01至2029-02-28, the earlier day first.",
    ),
    (
        "not_a_decimal",
        "“{found}”不是数字。",
        "{found} is not a number.",
    ),
    (
        "more_than_four_decimals",
        "数字 {found} 超过四位小数。",
        "The number {found} has more than four decimals.",
    ),
    (
        "number_too_large",
        "数字 {found} 太大。",
        "The number {found} is too large.",
    ),
    (
        "may_not_be_negative",
        "“{column}”不能是负数（{found}）。",
        "{column} may not be negative ({found}).",
    ),
    (
        "chart_unknown",
        "不认识的科目表版本“{found}”，请写 2004 或 2024。",
        "Unknown chart of accounts {found}; write 2004 or 2024.",
    ),
    (
        "cut_off",
        "文件没有传完整，最后一个字断了：请重新保存，再上传一次。",
        "The file is not whole, it breaks off within its last character: save it again and upload it once more.",
    ),
    (
        "json_unreadable",
        "看不懂这个 JSON 文件；能导入的是本站导出的 JSON。",
        "Cannot read this JSON file; what is exported here can be imported.",
    ),
    (
        "kind_differs",
        "文件是 {found}，选的是 {expected}。",
        "The file is {found}, but {expected} was chosen.",
    ),
    // Whether a table holds together.
    (
        "row_twice",
        "与序号 {expected} 是同一项，写了两次。",
        "The same as number {expected} of its first column; written twice.",
    ),
    (
        "row_gone",
        "上期第 {expected} 行“{found}”这一期没有了，请核对。",
        "Number {expected} of last period, {found}, is not there any more; please check.",
    ),
    (
        "other_kind",
        "这像是“{expected}”的表，请换成这个种类再上传。",
        "This looks like a sheet of {expected}; choose that kind and upload it again.",
    ),
    (
        "changed_from_last",
        "“{column}”和上期不一样：上期是 {expected}，现在是 {found}。登记过的一般不变，请核对。",
        "{column} is not as last period: {expected} then, {found} now. What was registered once seldom changes; please check.",
    ),
    (
        "less_than_last",
        "“{column}”是累计数，却比上期的 {expected} 少了，请核对。",
        "{column} counts from the beginning and is less than last period's {expected}; please check.",
    ),
    (
        "line_twice",
        "和第 {expected} 行的日期、凭证、摘要、金额都一样，请核对是不是记了两次。",
        "The same day, voucher, words and amounts as row {expected}; please check that it is not there twice.",
    ),
    (
        "day_not_come",
        "“{column}”{found} 还没到，请核对。",
        "{column} {found} has not come yet; please check.",
    ),
    (
        "account_name_differs",
        "会计科目表里这个科目叫“{expected}”，请核对编码和名称。",
        "The chart calls this account {expected}; please check code and name.",
    ),
    (
        "same_as_last",
        "内容和上一期一字不差，请核对是不是把上一期的表又交了一次。",
        "Word for word the same as last period; please check that it is not last period's sheet.",
    ),
    (
        "name_hidden",
        "“{column}”带星号，是网页上给大家看的写法；已公开的账里存有全名，照这份交上去全名就没有了。请写全名，公开时系统会自动遮名。",
        "{column} has stars, as everybody reads it on the public page; what is published has the whole name, and this sheet would lose it. Write the name in full: it is hidden again when it is shown.",
    ),
    (
        "price_jumped",
        "“{column}”{found} 比上期的 {expected} 高出超过 40%，请核对。",
        "{column} {found} is more than 40 % above last period's {expected}; please check.",
    ),
    (
        "product_wrong",
        "“{column}”写的是 {found}，按单价乘数量是 {expected}。",
        "{column} says {found}; quantity times price is {expected}.",
    ),
    (
        "difference_wrong",
        "“{column}”写的是 {found}，按表里其他的数推算是 {expected}。",
        "{column} says {found}; from the other figures it follows that it is {expected}.",
    ),
    (
        "sum_wrong",
        "“{column}”写的是 {found}，各项相加是 {expected}。",
        "{column} says {found}; its parts add up to {expected}.",
    ),
    (
        "assets_not_equal",
        "资产总计 {found} 不等于负债合计加所有者权益合计 {expected}。",
        "Assets of {found} are not liabilities plus equity, {expected}.",
    ),
    (
        "item_missing",
        "缺少“{found}”这一行。",
        "The row {found} is missing.",
    ),
    (
        "item_unknown",
        "“{found}”不是模板里的项目；有它时，分项合计只提醒、不强制。",
        "{found} is not an item of the template; with it partial sums are only pointed out.",
    ),
    (
        "item_twice",
        "“{found}”出现了两次。",
        "{found} appears twice.",
    ),
    (
        "percent_of_nothing",
        "上年同期是 0，没有增减可算，请把 {found}% 删掉。",
        "Last year is 0, so there is no change to tell; delete {found} %.",
    ),
    (
        "percent_wrong",
        "增减 {found}% 不对，按本年累计和上年同期算是 {expected}%（上年同期是 0 时不填）。",
        "A change of {found} % is wrong; from the two sums it is {expected} (blank where last year is 0).",
    ),
    (
        "not_last_closing",
        "“{column}”接不上上期：写的是 {found}，按上期期末余额推算是 {expected}。",
        "{column} does not go on from last period: it says {found}; from last balance it follows that it is {expected}.",
    ),
    (
        "old_debts_differ",
        "“{column}”接不上上期：上期期末余额合计 {expected}；这一期里以前的账，期末余额减去本期增加、加上本期减少，合起来是 {found}。",
        "{column} does not go on from last period, which left {expected}: what is not new this period comes to {found}, by its balances less what was added and with what was paid off.",
    ),
    (
        "year_opening_differs",
        "年初数 {found} 与已公开的 {expected} 不一致。",
        "The figure at the beginning of the year, {found}, is not the published {expected}.",
    ),
    (
        "year_to_date_wrong",
        "本年累计 {found} 不对，上期累计加本期数是 {expected}。",
        "This year's sum {found} is wrong; last period's plus this period's is {expected}.",
    ),
    (
        "year_to_date_less",
        "“{column}”{found} 比本期数 {expected} 还少，请再看一眼。",
        "{column} {found} is less than this period alone, {expected}: please look again.",
    ),
    (
        "details_exceed",
        "“{column}”的明细科目加起来是 {expected}，超过了这个科目的 {found}。",
        "{column}: the detail accounts come to {expected}, more than the {found} of the account itself.",
    ),
    (
        "last_year_differs",
        "上年同期 {found} 与去年公开的 {expected} 不一致。",
        "Last year's {found} is not the {expected} that was published then.",
    ),
    (
        "more_than_limit",
        "“{column}”{found} 超过了，应当 {expected}。",
        "{column} {found} is beyond what it may be: {expected}.",
    ),
    (
        "days_order",
        "“{column}”{found} 的先后不对，应当 {expected}。",
        "{column} {found} is out of order: it should be {expected}.",
    ),
    (
        "day_after_period",
        "“{column}”{found} 在本期之后，应当 {expected}。",
        "{column} {found} comes after this period: it should be {expected}.",
    ),
    (
        "day_outside_period",
        "“{column}”{found} 不在期间 {expected} 之内。",
        "{column} {found} is not within {expected}.",
    ),
    (
        "years_differ",
        "年限 {found} 与起止日期不符，按起止日期是 {expected} 年。",
        "The term has {expected} years, not {found}.",
    ),
    (
        "reason_missing",
        "账面数和实存数差 {expected} 元，要写明原因。",
        "Books and count differ by {expected} yuan; the reason is required.",
    ),
    (
        "contract_ends",
        "合同（{found}）快到期或已经到期（本期末是 {expected}）。",
        "The contract ({found}) ends soon or has ended (this period ends on {expected}).",
    ),
    (
        "rent_owed",
        "还欠 {found} 元没有收到。",
        "{found} yuan are still owed.",
    ),
    (
        "income_missing",
        "写明出租，却没有年收益。",
        "Rented out, but without a yearly income.",
    ),
    (
        "ledger_differs",
        "这里写的是 {found}，收支逐笔公开表的余额是 {expected}，请核对。",
        "Here it is {found}; the ledger's balance is {expected}. Please check.",
    ),
    (
        "ledger_sum_differs",
        "本期数写的是 {found}，本期收支逐笔公开表里这个科目加起来是 {expected}，请核对。",
        "It says {found}; the lines of the period's ledgers under this account come to {expected}. Please check.",
    ),
    // Warnings.
    (
        "account_unknown",
        "{expected} 年的会计科目表里没有科目 {found}；如果用的是另一年的科目表，请先写明“科目表版本”。",
        "The {expected} chart of accounts has no account {found}; where the books follow the other chart, say so in 科目表版本.",
    ),
    (
        "account_of_no_result",
        "科目 {found} 既不是收入也不是支出，一般不写在收支汇总表里。",
        "Account {found} is neither income nor expense, and rarely stands in a summary of both.",
    ),
    (
        "account_other_side",
        "科目 {found} 的方向和这笔的收、支相反；冲正可以这样写，否则请检查科目。",
        "Account {found} stands on the other side than this line; a reversal is written so, else check the account.",
    ),
    (
        "health_named",
        "写了疾病或残疾的种类、等级，网上会隐去；请不要写。",
        "It names an illness, or a kind or grade of disability; the open web hides it. Leave it out.",
    ),
    (
        "minor_perhaps",
        "“{found}”这一行说到孩子、学校或谁家子女，又写了人名：如果写的是未成年人，请改成只写人数。",
        "The line of {found} speaks of children, a school or whose child somebody is, and names somebody: if that is a minor, write only how many.",
    ),
    (
        "period_not_over",
        "这一期还没有过完，现在只能存草稿，{expected} 起才能公开。",
        "The period is not over: it can be kept as a draft now and published from {expected} on.",
    ),
    (
        "other_village",
        "表里的村是另一个村（{found}），不是 {expected}。",
        "The sheet is another village's ({found}), not {expected}'s.",
    ),
    ("no_rows", "表里一行内容也没有。", "There is no row in it."),
    (
        "no_lines",
        "表里一笔收支也没有。",
        "There is not a single line.",
    ),
    ("voucher_missing", "没有凭证号。", "No voucher number."),
    (
        "more_errors",
        "另外还有 {found} 处，没有一一列出。",
        "And {found} more that are not listed.",
    ),
];
