//! What a report on smoothed rates tells in words.

use super::{prior::Estimator, report::Report};
use crate::base::{Note, Topic, Undefined, digits, note};

impl Report {
    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let told = self.smoothing().league().per(self.per()).notes();
        let mut notes: Vec<Note> = note::about(&told, &[Topic::Areas, Topic::LeftOut, Topic::Policy]).collect();
        notes.extend(note::about(&told, &[Topic::Average, Topic::Groups]));
        notes.push(Note::new(Topic::Smoothing, self.smoothing_note()));
        if self.smoothing().prior().is_ok_and(|prior| !prior.is_pooled()) {
            notes.push(Note::new(
                Topic::Smoothing,
                format!(
                    "Limits: {} of a gamma posterior, and P(above) of the average, both as if mean, spread and average \
                     were known.",
                    self.confidence()
                ),
            ));
        }
        notes.extend(note::about(&told, &[Topic::Basis]));
        notes
    }

    fn smoothing_note(&self) -> String {
        let how = match self.smoothing().smoother() {
            Estimator::Marshall => "Marshall's moments",
            Estimator::GammaPoisson => "gamma-Poisson, maximum likelihood",
        };
        let prior = match self.smoothing().prior() {
            Ok(prior) => prior,
            Err(why) => return format!("Smoothing: {how}; undefined, {why}."),
        };
        let (mean, sd) = (prior.mean(self.per()), prior.sd(self.per()));
        let decimals = digits::decimals(mean);
        let (mean, per) = (digits::fixed(mean, decimals), self.per());
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
        format!("Smoothing: {how}; true rates with mean {mean} and standard deviation {sd} {per}.")
    }
}
