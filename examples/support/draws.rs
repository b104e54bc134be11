//! Random counts from a seed: the same on every machine.

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Draws {
    state: u64,
}

impl Draws {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Above 0 and up to 1.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.unit().ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Marsaglia and Tsang (2000) for a shape of at least 1; below it, Stuart's power of a uniform.
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.unit().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.unit().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// The events of a unit rate up to the mean.
    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut events, mut time) = (0, -self.unit().ln());
        while time < mean {
            events += 1;
            time -= self.unit().ln();
        }
        events
    }

    /// A gamma distributed ratio with mean 1 and this standard deviation above 0.
    #[allow(dead_code, reason = "not every program that draws needs it")]
    pub(crate) fn ratio(&mut self, variation: f64) -> f64 {
        let size = 1.0 / (variation * variation);
        self.gamma(size) / size
    }

    /// Of so large a total, where proportions are beta distributed with this mean and correlation; binomial without.
    #[allow(dead_code, reason = "not every program that draws needs it")]
    pub(crate) fn part(&mut self, total: u64, mean: f64, correlation: f64) -> u64 {
        let p = if correlation > 0.0 {
            let size = 1.0 / correlation - 1.0;
            let [part, rest] = [mean, 1.0 - mean].map(|share| self.gamma(share * size));
            part / (part + rest)
        } else {
            mean
        };
        (0..total).map(|_| u64::from(self.unit() <= p)).sum()
    }

    /// A count with this mean and `phi` times it as its variance: Poisson at 1, negative binomial above.
    pub(crate) fn count(&mut self, mean: f64, phi: f64) -> u64 {
        let mean = if phi > 1.0 { self.gamma(mean / (phi - 1.0)) * (phi - 1.0) } else { mean };
        self.poisson(mean)
    }
}
