//! Words that only the page of rules says. Each is a match without a rest, so that a new role or permission
//! does not compile until somebody has said what it is.

use domain::complaint::table::Actor;
use domain::deadline::{Limit, Roll, Unit};
use domain::operation::{Door, Reach, Second, StepUp};
use domain::role::{Permission, Role};

use super::lexicon::word;

/// Chinese and English.
pub type Said = [&'static str; 2];

/// What a role is called.
pub fn role(role: Role) -> Said {
    match role {
        Role::VillageClerk => ["村报账员", "Village clerk"],
        Role::CommitteeMember => ["村务监督委员会成员", "Village supervision committee member"],
        Role::Publisher => ["代理记账中心", "Township accounting agency"],
        Role::Handler => ["承办人", "Handler"],
        Role::Triage => ["乡镇分办员", "Township triage"],
        Role::Supervisor => ["县市督办员", "County or city supervisor"],
        Role::Auditor => ["审计员", "Auditor"],
        Role::Administrator => ["系统管理员", "Administrator"],
    }
}

/// What a permission lets one do.
pub fn permission(permission: Permission) -> Said {
    match permission {
        Permission::ReadCases => ["查看与本单位有关的事项", "Read the cases of one's unit"],
        Permission::ActInCases => ["在事项中操作", "Act in cases"],
        Permission::SuperviseCases => ["受理、分办、审核", "Accept, dispatch, review"],
        Permission::FileForOthers => [
            "登记来电、来信、来访",
            "File what comes by telephone, letter or at the counter",
        ],
        Permission::HandleCases => ["承办并答复", "Do the work and answer"],
        Permission::OpenIdentities => [
            "申请查看反映人身份、补发回执码（须第二人同意）",
            "Ask to open an identity or to issue a receipt anew (two persons)",
        ],
        Permission::ExportCases => [
            "申请导出事项（须第二人同意，不含身份）",
            "Ask for cases as a file (two persons, no identities)",
        ],
        Permission::ReadDrafts => ["查看未公布的公开表", "See disclosures before publication"],
        Permission::DraftDisclosures => ["导入并起草公开表", "Import and draft disclosures"],
        Permission::SignDisclosures => ["代表村务监督委员会签字", "Sign for the committee"],
        Permission::PublishDisclosures => ["公布", "Publish"],
        Permission::ReadObligations => [
            "查看本地区应公开事项",
            "See what the villages of one's region must publish",
        ],
        Permission::RecordEvents => [
            "登记须随时公开的事项，误记的申请注销",
            "Write down what must be published at once, and ask to strike what was written down by mistake",
        ],
        Permission::ReadProposals => ["查看待第二人决定的提议", "See proposals"],
        Permission::DecideProposals => ["作为第二人决定", "Be the second person"],
        Permission::ReadConfiguration => ["查看时限办法和日历", "See policies and calendars"],
        Permission::EditPowers => [
            "编写、公布本地区的权力清单",
            "Write the power lists of one's region",
        ],
        Permission::Configure => [
            "提议修改时限办法、日历和公开目录",
            "Propose policies, calendars and catalogues",
        ],
        Permission::Administer => ["管理账号、职务和未送达的通知", "Run the installation"],
        Permission::ReadAudit => ["查询审计记录", "Search the audit"],
        Permission::OwnSession => ["自己的登录", "One's own session"],
    }
}

/// What is to be shown at the door; of staff, the roles say it.
pub fn door(door: Door) -> Said {
    match door {
        Door::Open => ["任何人", "Anybody"],
        Door::Receipt => ["持回执码的人", "Whoever holds the receipt code"],
        Door::Credentials => [
            "凭密码和动态码、一次性链接或登录凭证",
            "By password and code, one-time link or session cookie",
        ],
        Door::Staff(_) => ["工作人员", "Staff"],
    }
}

/// Of which objects.
pub fn reach(reach: Reach) -> Said {
    match reach {
        Reach::Published => ["公开的内容", "What is published"],
        Reach::OwnCase => ["自己的事项", "One's own case"],
        Reach::Oneself => ["自己的账号", "One's own account"],
        Reach::Cases => [
            "本单位经手、且本人不须回避的事项",
            "Cases of one's unit from which one is not recused",
        ],
        Reach::Proposals => [
            "本人提出的和交给本单位的提议；事项须本人可知",
            "One's own proposals and those offered to one's unit, of cases one may know of",
        ],
        Reach::Requests => [
            "本人提出的申请；第二人同意后才能打开",
            "What one asked for oneself; to be opened once a second person has agreed",
        ],
        Reach::Relations => [
            "本人和本单位的回避申报",
            "Declarations of one's own and of one's unit",
        ],
        Reach::Drafts => [
            "本村（代理记账中心：本乡镇各村）的公开表，公布前后都在内",
            "Disclosures of one's village in any state; of an agency, of its township's villages",
        ],
        Reach::Obligations => [
            "本地区各村的应公开事项",
            "What the villages of one's region must publish",
        ],
        Reach::RegionStaff => [
            "本地区的账号、单位和职务",
            "Accounts of one's region, its units and their posts",
        ],
        Reach::Zones => [
            "本县（区）的片区，市级为全市各县（区）的",
            "Zones of one's county; to a city's organs those of its counties",
        ],
        Reach::Powers => [
            "本地区的清单和草稿",
            "Power lists of one's region and their drafts",
        ],
        Reach::Configuration => [
            "各地的办法、日历和公开目录；只能提议改本地区的",
            "Every region's; to be changed, one's own region's",
        ],
        Reach::Audit => [
            "本地区的记录；事项须本人可知",
            "Rows of one's region; of a case, where one may know of it",
        ],
        Reach::Installation => [
            "整个系统，不含事项内容",
            "The installation, without any case's content",
        ],
    }
}

/// When a fresh code is asked for.
pub fn step_up(step_up: StepUp) -> Said {
    match step_up {
        StepUp::No => ["", ""],
        StepUp::Sometimes => ["部分须", "for some of it"],
        StepUp::Always => ["是", "yes"],
    }
}

/// When another person is needed.
pub fn second(second: Second) -> Said {
    match second {
        Second::No => ["", ""],
        Second::Sometimes => ["部分须第二人", "A second for some of it"],
        Second::Always => ["须第二人同意", "A second person approves"],
        Second::Is => ["由另一人来做", "By another person than the first"],
    }
}

/// Who acts.
pub fn actor(actor: Actor) -> Said {
    match actor {
        Actor::Supervising => ["监督单位", "Supervising unit"],
        Actor::Responsible => ["承办单位", "Responsible unit"],
        Actor::Upper => ["已到达的上级", "An organ above, once it has come there"],
        Actor::Complainant => ["反映人", "Complainant"],
        Actor::Timer => ["计时器", "A clock"],
    }
}

/// An amount of time.
pub fn limit(limit: &Limit) -> [String; 2] {
    let [zh, en] = word("limitUnits", limit.unit.as_str());
    let roll = match (limit.unit, limit.roll) {
        (Unit::CalendarDay, Roll::NextWorkingDay) => {
            ["，遇休息日顺延", ", rolling to a working day"]
        }
        _ => ["", ""],
    };
    [
        format!("{} {zh}{}", limit.amount, roll[0]),
        format!("{} {en}{}", limit.amount, roll[1]),
    ]
}
