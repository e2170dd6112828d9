//! What every importer has in common: faults that name the place in the file, and all or nothing.

use std::fmt;

use serde::Serialize;
use store::{StoreError, TxError};

use crate::error::{FieldFault, ServiceError};

/// Where in a file something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Place {
    /// In a table.
    Cell {
        /// The line of the file; the heading is line 1.
        row: usize,
        /// The column's heading; empty when the whole line is meant.
        column: String,
    },
    /// In a workbook, where a file has several tables.
    Sheet {
        /// The sheet's name; of a CSV file, the file's name.
        sheet: String,
        /// The row as Excel counts them; `None` when the sheet as a whole is meant.
        row: Option<u32>,
        /// The column's heading; empty when the whole row is meant.
        column: String,
    },
    /// In a JSON document.
    Pointer {
        /// JSON pointer (RFC 6901), such as `/items/0/name`.
        pointer: String,
    },
}

impl Place {
    /// A cell of a table.
    pub fn cell(row: usize, column: impl Into<String>) -> Self {
        Self::Cell {
            row,
            column: column.into(),
        }
    }

    /// A place in a JSON document.
    pub fn pointer(pointer: impl Into<String>) -> Self {
        Self::Pointer {
            pointer: pointer.into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell { row, column } if column.is_empty() => write!(f, "row {row}"),
            Self::Cell { row, column } => write!(f, "row {row}, column {column}"),
            Self::Sheet { sheet, row, column } => {
                write!(f, "sheet {sheet}")?;
                if let Some(row) = row {
                    write!(f, ", row {row}")?;
                }
                if column.is_empty() {
                    return Ok(());
                }
                write!(f, ", column {column}")
            }
            Self::Pointer { pointer } if pointer.is_empty() => f.write_str("the document"),
            Self::Pointer { pointer } => f.write_str(pointer),
        }
    }
}

/// Something wrong in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportFault {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What a program branches on.
    pub code: String,
    /// What is wrong, in Chinese, with the text found.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
}

impl ImportFault {
    /// A fault at a place.
    pub fn new(
        place: Place,
        code: &str,
        detail: impl Into<String>,
        detail_en: impl Into<String>,
    ) -> Self {
        Self {
            place,
            code: code.to_owned(),
            detail: detail.into(),
            detail_en: detail_en.into(),
        }
    }

    /// A fault of shape, found while reading JSON.
    #[must_use]
    pub fn of_shape(fault: FieldFault) -> Self {
        let code = fault.code;
        let (zh, en) = fault
            .detail
            .unwrap_or_else(|| (code.zh().to_owned(), code.en().to_owned()));
        Self::new(Place::pointer(fault.pointer), code.as_str(), zh, en)
    }
}

impl fmt::Display for ImportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.code, self.detail_en)
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file: every fault of it.
    #[error("{} faults in the file", .0.len())]
    Faults(Vec<ImportFault>),
    /// Anything else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Service(error.into())
    }
}

impl TxError for ImportError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Service(error) => error.store_error(),
            Self::Faults(_) => None,
        }
    }
}

/// The text of a file: UTF-8, with or without a byte order mark.
///
/// # Errors
/// One fault, naming the line of the first byte that is none. (Excel saves CSV as GBK unless told.)
pub fn text(bytes: &[u8]) -> Result<&str, ImportError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let row = 1 + good.iter().filter(|byte| **byte == b'\n').count();
            Err(ImportError::Faults(vec![ImportFault::new(
                Place::cell(row, ""),
                "not_utf8",
                "文件不是 UTF-8 编码；请另存为“CSV UTF-8”",
                "not UTF-8; save it as \"CSV UTF-8\"",
            )]))
        }
    }
}
