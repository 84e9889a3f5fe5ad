//! Repeated measurements of one thing.

/// Measurements in one unit, of which the middle one is told.
#[derive(Clone, Debug)]
pub(crate) struct Sample(Vec<f64>);

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

    /// Half the distance between the quartiles, as a part of the median.
    pub(crate) fn spread(&self) -> f64 {
        (self.quantile(0.75) - self.quantile(0.25)) / 2.0 / self.median()
    }

    fn quantile(&self, part: f64) -> f64 {
        let place = part * (self.0.len() - 1) as f64;
        let (below, above) = (self.0[place.floor() as usize], self.0[place.ceil() as usize]);
        below + (above - below) * place.fract()
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn the_middle_and_the_quartiles() {
        let sample = Sample::new(vec![5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!(sample.median(), 3.0);
        assert_eq!(sample.spread(), 1.0 / 3.0);
        assert_eq!(sample.sum(), 15.0);
        assert_eq!(Sample::new(vec![1.0, 2.0]).median(), 1.5);
    }
}
