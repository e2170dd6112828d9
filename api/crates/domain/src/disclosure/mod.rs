//! Open accounts of a village: what a period is, when a ledger adds up, and who must sign before it is
//! shown. T1 to T12 are the table layouts of `domain.md`; only T1, the ledger, has lines of its own here.

pub mod check;
pub mod kind;
pub mod ledger;
pub mod period;
pub mod publish;
pub mod reach;
