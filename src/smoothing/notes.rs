//! What a report on smoothed rates tells in words.

use super::{estimator::Estimator, report::Report};
use crate::{
    base::{Note, Topic, Undefined, digits, note},
    rate::Reading,
};

impl Report {
    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let told = self.smoothing().league().per(self.per()).notes();
        let mut notes: Vec<Note> = note::about(&told, &[Topic::Areas, Topic::LeftOut, Topic::Policy]).collect();
        notes.extend(note::about(&told, &[Topic::Average, Topic::Groups]));
        notes.push(Note::new(Topic::Smoothing, self.smoothing_note()));
        if self.smoothing().prior().is_ok_and(|prior| !prior.is_pooled()) {
            let text = match self.smoothing().has_limits() {
                false => format!("Limits and P(above): none, {}.", Undefined::TooFewToSmooth),
                true => format!(
                    "Limits: {} of a gamma posterior, allowing for a mean and a spread that are estimated; P(above) takes the average as certain.",
                    self.confidence()
                ),
            };
            notes.push(Note::new(Topic::Smoothing, text));
        }
        let rounded = self.smoothing().league().table().taken_as_published("estimates, limits and probabilities");
        notes.extend(rounded.map(|text| Note::new(Topic::Smoothing, text)));
        notes.extend(note::about(&told, &[Topic::Basis]));
        notes
    }

    /// The mean of the true rates: where it is the pooled rate the fraction that it is.
    pub(super) fn mean(&self) -> Option<Reading> {
        let (prior, tally) = (self.smoothing().prior().ok()?, self.league().tally());
        let pooled = tally.value() == Some(prior.parts().0);
        let exact = tally.per(self.per()).filter(|_| pooled);
        Some(exact.unwrap_or(Reading::of_double(prior.mean(self.per()), self.per())))
    }

    fn smoothing_note(&self) -> String {
        let how = match self.smoothing().estimator() {
            Estimator::Marshall => "Marshall's moments",
            Estimator::GammaPoisson => "gamma-Poisson, maximum likelihood",
        };
        let prior = match self.smoothing().prior() {
            Ok(prior) => prior,
            Err(why) => return format!("Smoothing: {how}; undefined, {why}."),
        };
        let (mean, sd, per) = (prior.mean(self.per()), prior.sd(self.per()), self.per());
        let decimals = digits::decimals(mean);
        let mean = self.mean().map_or_else(|| digits::fixed(mean, decimals), |mean| mean.digits(decimals));
        if prior.is_pooled() {
            let why = match self.smoothing().league().len() {
                1 => "there is one area".to_owned(),
                _ => Undefined::Pooled.to_string(),
            };
            return format!(
                "Smoothing: {how}; {why}, so every estimate is the mean, {mean} {per}, and no area's own rate has any weight."
            );
        }
        let sd = digits::fixed(sd, decimals);
        format!("Smoothing: {how}; underlying rates with mean {mean} and standard deviation {sd} {per}.")
    }
}
