//! Open accounts of a village: what a period is, when a ledger adds up, who must sign before it is shown, and what
//! becomes of it afterwards. T1 to T12 are the table layouts of `domain.md`: T1, the ledger, has lines of its own (`ledger`), the
//! others are declared in `table`, a file each; T10 is computed from what is due. `content` is either. `child` says
//! of a line whether it is a child's.

pub mod chart;
pub mod check;
pub mod child;
pub mod content;
pub mod diff;
pub mod kind;
pub mod ledger;
pub mod period;
pub mod posting;
pub mod publish;
pub mod reach;
pub mod table;
pub mod takedown;
