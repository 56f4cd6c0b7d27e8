//! Chance that can be repeated: a seed and the number of what it is for give the same numbers everywhere.
//!
//! SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014) and the laws that the
//! generator draws from. Every article has a stream of its own, so that it does not matter which thread writes it.

/// A stream of numbers.
pub struct Random(u64);

/// What a stream is for: streams of one number and different purposes have nothing in common.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// What is told of an article by its number alone.
    Head = 1,
    /// The names and texts of an article.
    Text,
    /// A word of sounds.
    Sounds,
    /// A given name.
    Given,
    /// A surname.
    Surname,
    /// A place.
    Place,
    /// An organisation.
    Body,
    /// A person who writes articles.
    Author,
}

impl Random {
    /// The stream of `number` for a purpose.
    pub fn new(seed: u64, purpose: Purpose, number: u64) -> Random {
        let of_purpose = mixed(seed ^ mixed(purpose as u64));
        Random(mixed(of_purpose.wrapping_add(mixed(number))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// From 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From 0 to below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// Whether something happens that has this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of `items`, which are not none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// The standard normal law, by Box and Muller.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}

fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// Ranks without an end, by a Zipf–Mandelbrot law: rank r (from 0) comes as (shift + r)^-exponent. Of n draws about
/// n^(1/exponent) are different where n is large, which is Heaps' law.
#[derive(Clone, Copy)]
pub struct Ranks {
    /// Above 1.
    pub exponent: f64,
    /// How many ranks are about as frequent as the first.
    pub shift: f64,
}

impl Ranks {
    /// A rank, by inversion of the law with a density.
    pub fn draw(self, random: &mut Random) -> u64 {
        let survival = 1.0 - random.unit();
        (self.shift * (survival.powf(-1.0 / (self.exponent - 1.0)) - 1.0)) as u64
    }
}

/// Lengths whose logarithms have a normal law.
#[derive(Clone, Copy)]
pub struct LogNormal {
    mean: f64,
    deviation: f64,
}

impl LogNormal {
    /// The law of these lengths, by the mean and the deviation of their logarithms. Lengths of 0 are left out.
    pub fn fitted(lengths: impl IntoIterator<Item = usize>) -> LogNormal {
        let logarithms: Vec<f64> = lengths.into_iter().filter(|&it| it > 0).map(|it| (it as f64).ln()).collect();
        let count = logarithms.len().max(1) as f64;
        let mean = logarithms.iter().sum::<f64>() / count;
        let variance = logarithms.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / count;
        LogNormal { mean, deviation: variance.sqrt() }
    }

    /// A length of at least 1.
    pub fn draw(&self, random: &mut Random) -> usize {
        ((self.mean + self.deviation * random.normal()).exp().round() as usize).max(1)
    }
}

/// Indices by weight.
pub struct Weighted(Vec<f64>);

impl Weighted {
    /// Index i comes in proportion to the weight i; there is at least one.
    pub fn new(weights: impl IntoIterator<Item = f64>) -> Weighted {
        let add = |sum: &mut f64, weight: f64| {
            *sum += weight;
            Some(*sum)
        };
        Weighted(weights.into_iter().scan(0.0, add).collect())
    }

    /// One of the indices.
    pub fn draw(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.0.last().copied().unwrap_or_default();
        self.0.partition_point(|&sum| sum <= at).min(self.0.len() - 1)
    }
}
