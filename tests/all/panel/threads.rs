//! Threads change no bit of a panel.

use crate::support::panels::{bits, same};
use crimerate::{Average, Compare, Measure, Panel, Per, Ties, funnel::Dispersion, ndarray::Array2};

#[test]
fn threads_change_no_bit() {
    for (areas, indicators) in [(5, 120_001), (43, 30_007), (600, 1_009)] {
        let counts = Array2::from_shape_fn((areas, indicators), |(area, at)| ((area * 7 + at * at) % 97) as u32);
        let people: Vec<u64> = (0..areas as u64).map(|area| 50 + area % 7).collect();
        let mask = Array2::from_shape_fn((areas, indicators), |(area, at)| u8::from((area + at) % 501 == 3));
        let names = (0..areas).map(|area| area.to_string());
        let panel = Panel::new(names, counts.view(), people).unwrap().with_mask(mask).unwrap();
        let how = Compare::with(Average::POOLED).with_ties(Ties::Average);
        let within = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let figures =
                    panel.compare(how, Per::THOUSAND, [Measure::Rate, Measure::Z, Measure::Percent, Measure::Rank]);
                let funnels = panel.funnel(Average::POOLED, Dispersion::Additive);
                let smoothed = panel.smooth(Per::THOUSAND);
                let cells = [funnels.z(), funnels.z_adjusted(), smoothed.estimates()];
                let columns = [funnels.phis(), funnels.tau2s(), smoothed.means(), smoothed.deviations()];
                let cells = cells.iter().flatten().chain(columns.iter().flatten()).copied().map(bits);
                (figures, cells.collect::<Vec<u64>>())
            })
        };
        let one = within(1);
        for threads in [2, 3, 7] {
            let some = within(threads);
            assert!(same(&some.0, &one.0) && some.1 == one.1, "{threads} threads, {areas} x {indicators}");
        }
    }
}
