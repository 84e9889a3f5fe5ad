//! Repeated measurements of one thing.

use std::fmt;

/// Measurements in one unit, of which the middle one is told. It is written with the spread behind it: `1.02 ± 7 %`.
#[derive(Clone, Debug)]
pub(crate) struct Sample(Vec<f64>);

/// So many times half the distance of the quartiles, divided by the root of the number of values, is the standard error of the
/// median. For in a normal distribution that half is 0.6745 of a standard deviation, and the median's error is 1.2533 of one,
/// divided by the same root.
const ERROR_OF_MEDIAN: f64 = 1.2533 / 0.6745;

impl Sample {
    /// # Panics
    ///
    /// If nothing was measured.
    pub(crate) fn new(mut values: Vec<f64>) -> Self {
        assert!(!values.is_empty(), "a sample of nothing");
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    pub(crate) fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Half the distance between the quartiles, as a part of the median: `± 7 %`.
    pub(crate) fn spread(&self) -> String {
        format!("± {:.0} %", self.half_distance() / self.median() * 100.0)
    }

    /// How far the median may be off by chance: twice its standard error. It is off by more in one of twenty samples.
    pub(crate) fn uncertainty(&self) -> f64 {
        2.0 * ERROR_OF_MEDIAN * self.half_distance() / (self.0.len() as f64).sqrt()
    }

    /// Half the distance between the quartiles.
    fn half_distance(&self) -> f64 {
        (self.quantile(0.75) - self.quantile(0.25)) / 2.0
    }

    fn quantile(&self, part: f64) -> f64 {
        let place = part * (self.0.len() - 1) as f64;
        let (below, above) = (self.0[place.floor() as usize], self.0[place.ceil() as usize]);
        below + (above - below) * place.fract()
    }
}

impl fmt::Display for Sample {
    /// To as many digits as are asked for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or_default();
        write!(f, "{:.digits$} {}", self.median(), self.spread())
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn the_middle_and_the_quartiles() {
        let sample = Sample::new(vec![5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!(sample.median(), 3.0);
        assert_eq!(sample.sum(), 15.0);
        assert_eq!(format!("{sample:.1}"), "3.0 ± 33 %");
        assert_eq!(Sample::new(vec![1.0, 2.0]).median(), 1.5);
    }

    #[test]
    fn the_median_of_more_values_is_surer() {
        let values = [1.0, 2.0, 3.0, 4.0, 5.0];
        let five = Sample::new(values.into());
        assert!((five.uncertainty() - 2.0 * 1.8582 / 5.0_f64.sqrt()).abs() < 1e-3);
        // The quartiles stay where they are.
        let many = Sample::new(values.repeat(100));
        assert!((five.uncertainty() / many.uncertainty() - 10.0).abs() < 0.1);
        assert_eq!(Sample::new(vec![7.0]).uncertainty(), 0.0);
    }
}
