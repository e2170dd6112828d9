//! Letters about what happened to an account: to its owner, whoever it was, and to those who watch over the region
//! when one administrator did it alone.

use domain::id::StaffId;
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::Timestamp;
use store::accounts::people::{self, Person};
use store::accounts::staff::{self, Profile};
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
    put(tx, app, &owner.region, &people, Template::Account, params)
}

/// Tells the other administrators and the auditors of the region what was done to somebody's account by one person: a
/// second pair of eyes, where no second person was needed.
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
    let Some(actor) = staff::find(tx, &by.staff)? else {
        return Ok(());
    };
    let watchers = people::watchers(tx, &of.profile.region, &[&by.person, &of.person])?;
    let (zh, en) = what.words();
    let params = Params::from([
        ("by", actor.username),
        ("name", of.profile.username.clone()),
        ("unit", of.organisation_name.clone()),
        ("what", zh.to_owned()),
        ("what_en", en.to_owned()),
    ]);
    put(
        tx,
        app,
        &of.profile.region,
        &watchers,
        Template::Colleague,
        params,
    )
}

fn put(
    tx: &mut Tx<'_>,
    app: &App,
    region: &RegionCode,
    to: &[StaffId],
    template: Template,
    mut params: Params,
) -> Result<(), StoreError> {
    let calendar = calendar::current(tx, &app.calendar, region)?;
    // To the second: nobody reads more.
    let at = Timestamp::from_micros(app.clocks.wall().seconds() * 1_000_000).to_string();
    params.insert("at", at);
    params.insert("url", format!("{}/admin/", app.config.public_url));
    let now = app.clocks.case();
    notify::write(tx, app.ids, to, template, &params, &calendar, now)
}
