//! A token that was granted, and can't be stored.

use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault as EpicFault, Times};
use shared::refresh_request::RefreshReply;

use super::failed;
use crate::support::aws::Fault;
use crate::support::world::{World, missing};

impl World {
    /// Lets the lease be taken, and fails the next so many writes of the token.
    fn fail_storing(&self, times: usize) {
        self.aws.fail("dynamodb:UpdateItem", Fault::Delay(Duration::ZERO), 1);
        self.aws.fail("dynamodb:UpdateItem", Fault::Error(400, "AccessDeniedException"), times);
    }
}

#[tokio::test]
async fn a_token_that_could_not_be_stored_is_stored_at_the_second_try() {
    let world = World::working().await;
    world.fail_storing(1);
    assert_eq!(world.refresh(missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
    assert_eq!(world.token_requests(), 1, "Epic is not asked again");
    let stored = world.stored().await;
    assert_eq!((stored.token.map(|token| token.version), stored.lease_until), (Some(1), None));
}

#[tokio::test]
async fn where_a_token_cannot_be_stored_the_lease_is_given_back_and_the_next_need_not_wait() {
    let world = World::working().await;
    world.fail_storing(2);
    assert_eq!(world.refresh(missing()).await.unwrap(), failed("access-token-table-failed", true));
    let stored = world.stored().await;
    assert_eq!((stored.token.is_some(), stored.lease_until), (false, None));
    assert_eq!(world.refresh(missing()).await.unwrap(), RefreshReply::Refreshed { version: 1 });
}

/// Another may be at it by then.
#[tokio::test]
async fn a_token_that_could_not_be_stored_is_not_tried_again_after_the_lease() {
    let world = World::working().await;
    world.fail_storing(1);
    world.epic.control().fault(Endpoint::Token, EpicFault::Hold, Times::Next(1));
    let late = async {
        world.epic.until(|requests| requests.token.len() == 1).await;
        world.clock.advance(Duration::from_secs(6));
        world.epic.control().release();
    };
    let (reply, ()) = tokio::join!(world.refresh(missing()), late);
    assert_eq!(reply.unwrap(), failed("access-token-table-failed", true));
    assert_eq!(world.stored().await.token.map(|token| token.version), None);
}
