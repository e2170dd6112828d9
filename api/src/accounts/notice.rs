//! Letters to the owner of an account about what happened to it: whoever it was, the owner learns of it.

use domain::time::Timestamp;
use store::accounts::staff::Profile;
use store::{StoreError, Tx, calendar};

use crate::app::App;
use crate::notify::{self, Params, Template};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Notice {
    /// A spent refresh token came back, and the session was ended.
    SessionStolen,
    /// Somebody logged in with a recovery code; so many are left.
    RecoveryUsed(i64),
    /// There are new recovery codes.
    RecoveryReissued,
    /// The owner chose another password.
    PasswordChanged,
    /// The one-time link was followed: new password, new phone.
    Enrolled,
    /// Password and phone were taken away.
    Reset,
    /// Another role, unit or region.
    Changed,
}

impl Notice {
    /// In Chinese and English.
    fn words(&self) -> (String, String) {
        let (zh, en) = match self {
            Self::SessionStolen => (
                "有人用已经用过的登录凭据续期，这次登录已被强制结束",
                "Somebody used a session that had been renewed already; that session was ended",
            ),
            Self::RecoveryUsed(left) => {
                return (
                    format!("有人用恢复码代替手机动态码登录，还剩 {left} 个恢复码"),
                    format!(
                        "Somebody logged in with a recovery code instead of the phone; {left} codes are left"
                    ),
                );
            }
            Self::RecoveryReissued => (
                "恢复码已重新生成，旧的全部作废",
                "New recovery codes were made; the old ones are worth nothing",
            ),
            Self::PasswordChanged => (
                "密码已修改，其他地方的登录都已退出",
                "The password was changed; every other session was ended",
            ),
            Self::Enrolled => (
                "开户链接已使用，设定了新的密码和手机验证器",
                "The one-time link was used: the account has a new password and a new phone",
            ),
            Self::Reset => (
                "密码和手机验证器已被重置，须用新的开户链接重新开通",
                "Password and phone were reset; a new one-time link opens the account again",
            ),
            Self::Changed => (
                "岗位、单位或地区有变动，请重新登录后查看",
                "Role, unit or region were changed; log in again to see what they are now",
            ),
        };
        (zh.to_owned(), en.to_owned())
    }
}

/// Puts a letter to the owner into the outbox.
///
/// # Errors
/// The store's.
pub(super) fn write(
    tx: &mut Tx<'_>,
    app: &App,
    owner: &Profile,
    what: &Notice,
) -> Result<(), StoreError> {
    let now = app.clocks.case();
    let calendar = calendar::current(tx, &app.calendar, &owner.region)?;
    let (zh, en) = what.words();
    // To the second: nobody reads more.
    let at = Timestamp::from_micros(app.clocks.wall().seconds() * 1_000_000).to_string();
    let params = Params::from([
        ("name", owner.username.clone()),
        ("what", zh),
        ("what_en", en),
        ("at", at),
        ("url", format!("{}/admin/", app.config.public_url)),
    ]);
    let people = [owner.id.clone()];
    notify::write(
        tx,
        app.ids,
        &people,
        Template::Account,
        &params,
        &calendar,
        now,
    )
}
