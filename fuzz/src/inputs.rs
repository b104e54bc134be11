//! Inputs made of a seed by changes, or of random bytes; the same numbers give the same inputs.

use super::json::SEEDS;

/// The inputs of a target, from the seed on.
pub struct Inputs {
    seeds: Vec<Vec<u8>>,
    seed: u64,
}

impl Inputs {
    /// Those of the target that is called so.
    pub fn new(target: &str, seed: u64) -> Self {
        Self { seeds: seeds(target), seed }
    }

    /// The input of that number.
    pub fn input(&self, number: u64) -> Vec<u8> {
        input(&mut Random(self.seed ^ number.wrapping_mul(0xd134_2543_de82_ef95)), &self.seeds)
    }
}

/// Numbers that are the same for the same seed.
struct Random(u64);

impl Random {
    /// splitmix64 (Steele, Lea and Flood 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, number: usize) -> usize {
        (self.next() % number.max(1) as u64) as usize
    }
}

const WORDS: [&str; 40] = [
    "0",
    "1",
    "-1",
    "7",
    "1e308",
    "-0.0",
    "4294967295",
    "18446744073709551615",
    "9007199254740993",
    "0.1",
    "null",
    "true",
    "\"\"",
    "[]",
    "{}",
    "per 100,000",
    "95 %",
    "mean of rates",
    "the area itself left out",
    ",",
    "\n",
    "\"",
    ";",
    "\t",
    "area",
    "count",
    "population",
    "code",
    "Kent",
    "E23000032",
    "England",
    "..",
    "[c]",
    "<5",
    "1,234",
    "5%",
    "2019-20",
    "year ending March 2020",
    "\u{feff}",
    "\u{202e}",
];

fn documents() -> Vec<Vec<u8>> {
    let files = [
        "area,count,population\nKent,10,1000\nEssex,..,2000\nEngland,30,3000\n",
        "Area\tCode\tOffence\tYear\tNumber\tPopulation\nKent\tE1\ttheft\t2019\t1,234\t1000\n",
        "Table 1\n\nForce;Count;Population;region\nKent;5;10;south\nEssex;[c];20;north\n\nNote 1: x\n",
        "area,offence,period,count,population\nA,x,2019,1,10\nB,x,2020,1,10\n",
        "area,rate\nA,12.5\nB,..\n",
    ];
    files.iter().map(|file| [&[0_u8, 0], file.as_bytes()].concat()).collect()
}

fn streets() -> Vec<Vec<u8>> {
    let header = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n";
    let rows = "a1,2020-01,Kent Police,Kent Police,-0.1,51.5,On or near Park,E01024000,Kent 001A,Burglary,,\n\
        ,2020-01,Kent Police,Essex Police,,,No location,,,Anti-social behaviour,,\n\
        a1,2020-01,British Transport Police,British Transport Police,0,51,On or near Park,E01024000,Kent 001A,Robbery,,\n";
    let one = [header, rows].concat().into_bytes();
    let later = header.bytes().chain(rows.replace("2020-01", "2020-03").into_bytes()).collect::<Vec<u8>>();
    let all = [&[0, 0][..], &one, &[255], header.as_bytes(), &[255], &later, &[255], &one].concat();
    (0..3_u8)
        .flat_map(|place| [0, 1].map(|anti_social| [&[place, anti_social], &all[2..]].concat()))
        .chain([all.clone()])
        .collect()
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "json" => {
            let seeds = SEEDS();
            // Every seed as every type: the first byte names it.
            (0..59_u8).flat_map(|of| seeds.iter().map(move |text| [&[of], text.as_bytes()].concat())).collect()
        }
        "document" => documents(),
        "sheet" => std::env::var("SHEETS").map_or_else(|_| Vec::new(), |folder| files(&folder)),
        "streets" => streets(),
        "text" => WORDS.iter().map(|word| word.as_bytes().to_vec()).collect(),
        _ => Vec::new(),
    }
}

fn files(folder: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| std::fs::read(entry.path()).ok()).map(|file| [vec![0, 0], file].concat()).collect()
}

/// The input of that number, for a target.
fn input(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    if seeds.is_empty() || random.below(16) == 0 {
        let length = random.below(200);
        return (0..length).map(|_| random.next() as u8).collect();
    }
    let mut data = seeds[random.below(seeds.len())].clone();
    for _ in 0..random.below(6) {
        let at = random.below(data.len() + 1);
        match random.below(8) {
            0 if at < data.len() => data[at] = random.next() as u8,
            1 if at < data.len() => data[at] ^= 1 << random.below(8),
            2 => drop(data.splice(at..(at + random.below(8)).min(data.len()), [])),
            3 => {
                let to = (at + random.below(60)).min(data.len());
                let part = data[at..to].to_vec();
                let place = random.below(data.len() + 1);
                drop(data.splice(place..place, part));
            }
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(40)).min(other.len());
                drop(data.splice(at..at, other[from..to].to_vec()));
            }
            5 => {
                // A number of the text is another.
                let digits: Vec<usize> = (0..data.len()).filter(|place| data[*place].is_ascii_digit()).collect();
                if let Some(start) = digits.get(random.below(digits.len())).copied() {
                    let end = (start..data.len()).find(|place| !data[*place].is_ascii_digit()).unwrap_or(data.len());
                    drop(data.splice(start..end, WORDS[random.below(10)].bytes()));
                }
            }
            _ => drop(data.splice(at..at, WORDS[random.below(WORDS.len())].bytes())),
        }
    }
    if let Some(first) = data.first_mut()
        && random.below(4) == 0
    {
        *first = random.next() as u8;
    }
    data
}
