//! What a report on a funnel tells in words.

use super::{
    dispersion::Dispersion,
    overdispersion::Overdispersion,
    point::Position,
    report::{At, Report, by_chance, told},
    scale::Scale,
    scatter::Drawn,
    spec::{Form, Spec},
};
use crate::{
    average::Rule,
    base::{Note, Result, Topic, Undefined, digits, note, words},
    interval::Confidence,
};

impl Report {
    /// A share of the expected count above which an area moves the average that it is compared with.
    const LARGE: f64 = 0.05;

    /// The p at which areas are said to differ by more than chance.
    const CHANCE: f64 = 0.05;

    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let told = self.league().per(self.per).notes();
        let mut notes: Vec<Note> = note::about(&told, &[Topic::Areas, Topic::LeftOut, Topic::Policy]).collect();
        if self.scatter.drawn == Drawn::GivenRatios {
            let expected: f64 = self.scatter.points().filter_map(|point| point.expected().ok()).sum();
            let (expected, counted) = (digits::fixed(expected, 1), digits::grouped(self.league().tally().count()));
            notes.push(Note::new(
                Topic::Average,
                format!("Expected counts: as given, {expected} for {counted} counted."),
            ));
        } else {
            notes.extend(note::about(&told, &[Topic::Average, Topic::Groups]));
            notes.extend(self.large_areas().map(|text| Note::new(Topic::Average, text)));
        }
        for reason in [Undefined::NothingExpected, Undefined::AllExpected] {
            let areas = match self.scatter.points().filter(|point| point.expected() == Err(reason)).count() {
                0 => continue,
                areas => words::counted(areas, "area"),
            };
            notes.push(Note::new(Topic::Limits, format!("No ratio, z, limits and p for {areas}: {reason}.")));
        }
        notes.push(Note::new(Topic::Limits, self.limits_note()));
        let rounded = self.league().table().taken_as_published("limits, positions, z and p");
        notes.extend(rounded.map(|text| Note::new(Topic::Limits, text)));
        notes.extend(self.outside().map(|text| Note::new(Topic::Limits, text)));
        notes.push(Note::new(Topic::Z, self.z_note()));
        notes.push(Note::new(Topic::Dispersion, dispersion_note(self.spec(), self.overdispersion())));
        notes.extend(self.more_than_chance().map(|text| Note::new(Topic::Dispersion, text)));
        if self.scatter.reach.target().is_ok() {
            notes.push(Note::new(Topic::Significance, self.p_note()));
        }
        notes.extend(note::about(&told, &[Topic::Basis]));
        notes
    }

    fn law(&self) -> &'static str {
        match (self.spec().dispersion(), self.of_proportions()) {
            (Dispersion::None, false) if self.allows_for_others() => "conditional binomial",
            (Dispersion::None, true) if self.allows_for_others() => "hypergeometric",
            (Dispersion::None, false) => "Poisson",
            (Dispersion::None, true) => "binomial",
            (_, false) => "negative binomial",
            (_, true) => "beta-binomial",
        }
    }

    /// Whether limits, positions and p allow for what chance does to the others that an area is compared with.
    fn allows_for_others(&self) -> bool {
        !self.is_normal() && self.scatter.dots.iter().any(|dot| dot.law.is_ok_and(|law| law.rest().is_some()))
    }

    fn levels_named(&self) -> String {
        self.levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
    }

    /// An average of the same areas is drawn towards those that are a large part of it, so they are called too seldom; a mean or a
    /// median of rates varies by chance itself, so limits about it, taken as known, call too many.
    fn large_areas(&self) -> Option<String> {
        let average = self.league().how().average();
        let of_rates = match average.rule() {
            Rule::Pooled => None,
            Rule::Fixed(_) => return None,
            Rule::Mean => Some("mean"),
            Rule::Median => Some("median"),
        };
        if let Some(which) = of_rates {
            let known = format!(
                "Target: the {which} of rates is taken as known, though it varies by chance, most where some areas are small: \
                 too many are low or high."
            );
            return self.is_normal().then_some(known);
        }
        let allowed = self.allows_for_others();
        if !average.over_which().is_everyone() {
            let text = match average.with_self() {
                false if allowed => {
                    "Target: the average of the others of each area's group; limits, positions and p allow for chance in them, z does not."
                }
                true => {
                    "Target: each area is in the average of its own group, and draws it towards itself: in small groups too few are low or high."
                }
                false => {
                    "Target: the average of the others of each area's group is taken as known: in small groups too many are low or high."
                }
            };
            return Some(text.into());
        }
        let points = || self.scatter.points().filter_map(|point| Some((point.area(), point.expected().ok()?)));
        let total: f64 = points().map(|(_, expected)| expected).sum();
        let large = points().filter(|(_, expected)| *expected > Self::LARGE * total);
        let largest = points().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let areas = match large.count() {
            0 => return None,
            1 => "1 of them holds".to_owned(),
            many => format!("{} of them each hold", digits::grouped(many as u64)),
        };
        let (name, share) = (largest.0, digits::fixed(100.0 * largest.1 / total, 1));
        let which = match average.with_self() {
            true => ("one of the same areas", "low or high too seldom"),
            false if allowed => {
                ("that of the others", "limits, positions and p allow for chance in the others, z does not")
            }
            false => ("that of the others, taken as known", "low or high too often"),
        };
        Some(format!(
            "Target: the average is {}, and {areas} more than 5 % of the expected count (most: {name}, {share} %): {}.",
            which.0, which.1
        ))
    }

    fn limits_note(&self) -> String {
        if let Err(reason) = self.scatter.reach.target() {
            return format!("Limits, positions and p: none, {reason}.");
        }
        let (spec, levels) = (self.spec(), self.levels_named());
        match spec.dispersion() {
            Dispersion::None => {
                let law = self.law();
                format!("Limits: exact {law} at {levels}, interpolated; positions by the exact tail probabilities.")
            }
            dispersion if spec.form() == Form::Normal => format!(
                "Limits: {dispersion} dispersion on the {} scale at {levels}, normal; positions by the limits.",
                spec.scale()
            ),
            dispersion => format!(
                "Limits: {dispersion} dispersion, exact {} at {levels}, interpolated; positions by the exact tail \
                 probabilities.",
                self.law()
            ),
        }
    }

    /// How many areas lie outside the limits, with the dispersion and without it.
    fn outside(&self) -> impl Iterator<Item = String> {
        let judged = self.scatter.points().filter(|point| point.significance().is_ok()).count();
        let of = words::counted(judged, "area");
        self.levels.iter().filter(move |_| judged > 0).map(move |&level| {
            let beyond = |at: At| {
                let outside = self.scatter.points().filter(|it| at(it, level).is_ok_and(|at| at != Position::Within));
                digits::grouped(outside.count() as u64)
            };
            let (alone, dispersion) = (beyond(by_chance), self.spec().dispersion());
            let most = judged as f64 * level.alpha();
            let most = digits::fixed(
                most,
                if most < 0.0095 {
                    3
                } else if most < 0.095 {
                    2
                } else {
                    1
                },
            );
            let if_none = if self.is_normal() { String::new() } else { format!(" (at most {most} if none differs)") };
            match (dispersion, self.overdispersion()) {
                (Dispersion::None, _) => format!("Outside the {level} limits: {alone} of {of}{if_none}."),
                (_, Err(reason)) => {
                    format!(
                        "Outside the {level} limits: unknown, {reason}; outside limits of chance alone {alone} of {of}."
                    )
                }
                (_, Ok(_)) => format!(
                    "Outside the {level} limits: {} of {of}{if_none}; outside limits of chance alone {alone}.",
                    beyond(told)
                ),
            }
        })
    }

    /// Whether areas differ by more than chance, by a test; limits by chance alone say little of those that do.
    fn more_than_chance(&self) -> Option<String> {
        let found = self.scatter.homogeneity()?;
        let (squares, degrees) = (digits::fixed(found.squares(), 1), words::counted(found.degrees(), "degree"));
        let how = match found.draws() {
            None => "by chi-square".into(),
            Some(draws) => format!("by {} tables drawn by chance", digits::grouped(draws)),
        };
        let p = digits::p_value(found.p());
        let test = format!("Pearson's X^2 = {squares} with {degrees} of freedom, {p} {how}");
        if found.p() > Self::CHANCE {
            return Some(format!("No more than chance is shown: {test}; that is no proof that there is none."));
        }
        let limits = self.scatter.reach.target();
        if self.spec().dispersion() != Dispersion::None || self.overdispersion().is_err() || limits.is_err() {
            return Some(format!("More than chance: {test}."));
        }
        let additive = self.scatter.with_dispersion(Dispersion::Additive);
        let outside = |level: &Confidence| {
            let positions = additive.points().filter_map(|point| point.position(*level).ok());
            let beyond = positions.filter(|position| *position != Position::Within).count();
            format!("{} outside the {level} limits", digits::grouped(beyond as u64))
        };
        let outside: Vec<String> = self.levels.iter().map(outside).collect();
        let outside = outside.join(", ");
        Some(format!("More than chance: {test}, which these limits leave out; with additive dispersion {outside}."))
    }

    fn z_note(&self) -> String {
        let (formula, s) = match (self.spec().scale(), self.of_proportions()) {
            (Scale::SquareRoot, false) => ("(sqrt(ratio) - 1) / s", "1 / (2 sqrt(expected))"),
            (Scale::Log, false) => ("ln(ratio) / s", "1 / sqrt(expected)"),
            (Scale::SquareRoot, true) => ("(asin(sqrt(proportion)) - asin(sqrt(average))) / s", "1 / (2 sqrt(total))"),
            (Scale::Linear, false) => ("(ratio - 1) / s", "1 / sqrt(expected)"),
            (Scale::Linear, true) => ("(proportion - average) / s", "sqrt(average (1 - average) / total)"),
            (Scale::Log, true) => ("(logit(proportion) - logit(average)) / s", "1 / sqrt(total average (1 - average))"),
        };
        let adjusted = match self.spec().dispersion() {
            Dispersion::None => "the same",
            Dispersion::Multiplicative => "z / sqrt(phi), phi at least 1",
            Dispersion::Additive if !self.spec().is_consistent() => "with sqrt(s^2 + tau^2) for s",
            Dispersion::Additive if self.of_proportions() => "z / sqrt(1 + tau^2 total / (average (1 - average)))",
            Dispersion::Additive => "z / sqrt(1 + tau^2 expected)",
        };
        format!("z: {formula}, s = {s}; adjusted z: {adjusted}.")
    }

    fn p_note(&self) -> String {
        let areas = match self.scatter.points().filter(|point| point.p().is_ok()).count() {
            0 => {
                let why = self.scatter.points().find_map(|point| point.p().err());
                return why.map_or_else(|| "p: none.".into(), |why| format!("p: none, {why}."));
            }
            areas => words::counted(areas, "area"),
        };
        let which = match self.spec().dispersion() {
            Dispersion::None => format!("twice the smaller exact {} tail", self.law()),
            _ if self.spec().form() == Form::Normal => {
                "two-sided, of the adjusted z, as if the dispersion were known, so too small".into()
            }
            _ => format!(
                "twice the smaller exact {} tail with the dispersion of the other areas, untrimmed, by Student's distribution",
                self.law()
            ),
        };
        format!("p: {which}; Holm and Benjamini-Hochberg over {areas}.")
    }
}

fn dispersion_note(spec: Spec, overdispersion: Result<Overdispersion, Undefined>) -> String {
    let applied = spec.dispersion();
    match overdispersion {
        Err(reason) => format!("Dispersion: {applied}; phi and tau^2 undefined, {reason}."),
        Ok(found) => {
            let [phi, tau2] = [found.phi(), found.tau2()].map(|value| digits::fixed(value, digits::decimals(value)));
            let areas = words::counted(found.areas(), "area");
            let caution = if found.phi() > 1.0 { "" } else { "; a phi of 1 or less is no proof that there is none" };
            let trimmed = match applied {
                _ if spec.trim().fraction() == 0.0 => "",
                _ if spec.is_consistent() => " and allowed for",
                Dispersion::None => "",
                _ => ", which finds too little where true values vary",
            };
            let residuals = if spec.is_consistent() { "Pearson's residuals of " } else { "" };
            format!(
                "Dispersion: {applied}; phi = {phi}, tau^2 = {tau2} from {residuals}{areas}, {}{trimmed}{caution}.",
                spec.trim()
            )
        }
    }
}
