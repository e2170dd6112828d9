//! Letters about what happened to an account: to its owner, whoever it was, and to those who watch over the region
//! when one administrator did it alone.

use domain::role::Scope;
use store::accounts::people::Person;
use store::accounts::staff::Profile;
use store::{StoreError, Tx};

use crate::app::App;
use crate::notify::{Params, Template, told};

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

/// What one administrator did alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    /// A new account.
    Added,
    /// Another role, unit or region.
    Changed,
    /// Password and phone were taken away, and there is a new one-time link.
    Reset,
}

impl Alone {
    /// In Chinese and English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Added => ("新开账号", "a new account"),
            Self::Changed => ("调整岗位、单位或地区", "another role, unit or region"),
            Self::Reset => ("重置密码和手机验证器", "password and phone were reset"),
        }
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
    let (zh, en) = what.words();
    let params = Params::from([
        ("name", owner.username.clone()),
        ("what", zh),
        ("what_en", en),
    ]);
    let people = [owner.id.clone()];
    told::tell(tx, app, &owner.region, &people, Template::Account, params)
}

/// Tells those who watch over the region what was done to somebody's account by one person.
///
/// # Errors
/// The store's.
pub(super) fn tell_watchers(
    tx: &mut Tx<'_>,
    app: &App,
    by: &Scope,
    of: &Person,
    what: Alone,
) -> Result<(), StoreError> {
    let (zh, en) = what.words();
    let params = Params::from([
        ("name", of.profile.username.clone()),
        ("unit", of.organisation_name.clone()),
        ("what", zh.to_owned()),
        ("what_en", en.to_owned()),
    ]);
    let (region, of) = (&of.profile.region, [&of.person]);
    told::watchers(tx, app, by, region, &of, Template::Colleague, params)
}
