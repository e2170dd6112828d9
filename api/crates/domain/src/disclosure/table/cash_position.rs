//! T11 货币资金表: what the books say is in the bank and in the cash box, and what is really there.

use super::{Checking, Column, Grade, Layout, Type};
use crate::disclosure::kind::DisclosureKind;
use crate::money::Fen;

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::CashPosition,
    number: "T11",
    columns: &[
        Column::new("unit", "单位", "Unit", Type::Name, "村集体")
            .required()
            .also(&["组别", "村组", "账户", "单位名称"])
            .says("村集体或哪个组", "The village or one of its groups"),
        Column::new(
            "bank_book_fen",
            "银行存款账面数(元)",
            "Bank, by the books",
            Type::Signed,
            "52000.00",
        )
        .required()
        .also(&["银行存款账面", "银行存款账面余额", "账面银行存款"])
        .summed()
        .says("账上的银行存款", "What the books say is in the bank"),
        Column::new(
            "bank_actual_fen",
            "银行存款实存数(元)",
            "Bank, found",
            Type::Signed,
            "52000.00",
        )
        .required()
        .also(&["银行存款实存", "银行存款实有数", "银行对账单余额"])
        .summed()
        .says("银行对账单上的数", "What the bank's statement says"),
        Column::new(
            "bank_reason",
            "银行存款不符原因",
            "Why they differ",
            Type::Text,
            "",
        )
        .says("两个数不一样时写明原因", "Why, where the two differ"),
        Column::new(
            "cash_book_fen",
            "库存现金账面数(元)",
            "Cash, by the books",
            Type::Signed,
            "1200.00",
        )
        .required()
        .also(&["库存现金账面", "库存现金账面余额", "现金账面数"])
        .summed()
        .says("账上的现金", "What the books say is in the cash box"),
        Column::new(
            "cash_actual_fen",
            "库存现金实存数(元)",
            "Cash, found",
            Type::Signed,
            "1200.00",
        )
        .required()
        .also(&["库存现金实存", "库存现金实有数", "现金实存数"])
        .summed()
        .says("盘点出来的现金", "What was counted"),
        Column::new(
            "cash_reason",
            "库存现金不符原因",
            "Why they differ",
            Type::Text,
            "",
        )
        .says("两个数不一样时写明原因", "Why, where the two differ"),
        Column::new("note", "备注", "Note", Type::Text, "").says("其他要说明的", "Anything else"),
    ],
    identity: &["unit"],
    unique: true,
    price: None,
    groups: &[],
    group: |_, _| None,
    has_total: true,
    items: &[],
    of_persons: false,
    check,
    hints: &[(
        "账面数和实存数不一样的，一定要写原因。银行账号不要写。",
        "Where books and count differ the reason is required. No account numbers.",
    )],
};

fn check(of: &mut Checking<'_>) {
    let mut books = 0_i64;
    for (index, row) in of.rows.iter().enumerate() {
        for (book, actual, reason) in [
            ("bank_book_fen", "bank_actual_fen", "bank_reason"),
            ("cash_book_fen", "cash_actual_fen", "cash_reason"),
        ] {
            let (book, actual) = (of.fen_or_zero(row, book), of.fen_or_zero(row, actual));
            books = books.saturating_add(book);
            if book != actual && of.text(row, reason).is_none() {
                let gap = Fen(actual.saturating_sub(book)).to_yuan();
                of.fault(Grade::Error, index, reason, "reason_missing", gap);
            }
        }
    }
    if let Some(closing) = of.around.ledger_now
        && closing.0 != books
    {
        let words = [closing.to_yuan(), Fen(books).to_yuan()];
        of.of_all(Grade::Warning, "", "ledger_differs", words);
    }
}
