//! Who reads no complaints. What everybody may do with every operation: `matrix.rs`.

use crate::support::{Filing, House, Villager};

#[tokio::test]
async fn who_reads_no_complaints_learns_of_none() {
    let house = House::new().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let triage = house.triage().await;
    let id = triage.finds(&villager).await;
    for person in [
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
        house.administrator().await,
    ] {
        for path in [
            "/admin/complaints".to_owned(),
            format!("/admin/complaints/{id}"),
        ] {
            person.get(&path).send().await.problem(403, "not_permitted");
        }
    }
    // Who may read some, but works elsewhere, gets what is there for nobody.
    for person in [
        house.auditor().await,
        house.handler().await,
        house.neighbour_triage().await,
        house.county().await,
        house.other_county().await,
        house.city().await,
    ] {
        person.does_not_find(&villager).await;
        person.cannot_open(&id).await;
    }
}
