//! What holds for any table.

use super::drawn::{areas, elements};
use crate::support::strategies::{bands, compare, table};
use crimerate::{Per, funnel::Dispersion, rank::Family};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn pictures_of_any_table_are_well_formed(table in table(), how in compare(), bands in bands(), other in table()) {
        let league = table.compare(how);
        let per = Per::THOUSAND;
        let ranked = league.per(per).with_bands(bands).plot();
        prop_assert_eq!(areas(&elements(&ranked.to_svg())).len(), league.len());
        let mut plots = vec![ranked, league.per(per).plot()];
        plots.extend(league.per(per).tile_map().ok());
        plots.extend(league.funnel(Dispersion::None).per(per).plot_by_population().ok());
        plots.extend([Dispersion::None, Dispersion::Multiplicative].map(|kind| league.funnel(kind).per(per).plot()));
        plots.extend(league.rank_sets(Family::Simultaneous).ok().map(|sets| sets.per(per).plot()));
        plots.extend(table.change_to(&other).ok().map(|changes| changes.per(per).plot()));
        for plot in plots {
            let svg = plot.to_svg();
            elements(&svg);
            prop_assert_eq!(plot.to_svg(), svg);
            prop_assert!(plot.to_text(60).lines().count() >= 2);
        }
    }
}
