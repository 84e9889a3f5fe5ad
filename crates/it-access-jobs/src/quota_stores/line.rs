//! Who waits, in the order of arrival.

use std::time::Duration;

use it_access::pacing::Moment;
use serde::{Deserialize, Serialize};

/// How long somebody may be late to look again before the place is lost.
const PATIENCE: Duration = Duration::from_millis(500);

/// Those who wait for a slot, in the order of their arrival.
///
/// Whoever waits looks again from time to time, and says when. Who does not come has been killed, and holds nobody up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Line(Vec<Place>);

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Place {
    owner: u64,
    held_until: Moment,
}

impl Line {
    /// Says where in the line its owner stands, the first being at one. Who is not in it yet joins at the end.
    pub(super) fn stand(&mut self, owner: u64, now: Moment) -> u64 {
        self.0.retain(|place| place.owner == owner || place.held_until > now);
        let index = self.0.iter().position(|place| place.owner == owner).unwrap_or_else(|| {
            self.0.push(Place { owner, held_until: now });
            self.0.len() - 1
        });
        index as u64 + 1
    }

    /// Keeps the place for somebody who looks again then.
    pub(super) fn hold(&mut self, owner: u64, looks_again_at: Moment) {
        let place = self.0.iter_mut().find(|place| place.owner == owner);
        if let Some(place) = place {
            place.held_until = looks_again_at.saturating_add(PATIENCE);
        }
    }

    pub(super) fn leave(&mut self, owner: u64) {
        self.0.retain(|place| place.owner != owner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_first_to_come_is_the_first() {
        let mut line = Line::default();
        for owner in [7, 5, 9] {
            line.stand(owner, SECOND);
            line.hold(owner, 2 * SECOND);
        }
        assert_eq!([7, 5, 9].map(|owner| line.stand(owner, SECOND)), [1, 2, 3]);
        line.leave(7);
        assert_eq!([5, 9, 7].map(|owner| line.stand(owner, SECOND)), [1, 2, 3]);
    }

    #[test]
    fn who_does_not_look_again_loses_the_place() {
        let mut line = Line::default();
        for (owner, looks_again_at) in [(7, 2), (5, 4)] {
            line.stand(owner, SECOND);
            line.hold(owner, looks_again_at * SECOND);
        }
        let late = 2 * SECOND + PATIENCE;
        assert_eq!(line.stand(5, late - Duration::from_nanos(1)), 2);
        assert_eq!(line.stand(5, late), 1);
        assert_eq!(line.stand(7, late), 2, "and stands at the end when it comes back");
    }
}
