#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! **gapmap** shows an English partnership where its services for survivors of violence against women and girls fall short of
//! need.
//!
//! Data flow one way, through five stages; each imports only what stands to its left:
//!
//! ```text
//! sources        study           analyses          release             outputs
//! READ       →   VALIDATE    →   ASK           →   RELEASE         →   SHOW
//! ```
//!
//! * [`sources`]: files to rows that remember their line. * [`study`]: canonical tables and the ledger. * [`analyses`]: one question
//!   each, giving [`analyses::Draft`]s that nothing can serialise. * [`release`]: the only door out, into the document ([`model`]). * [`outputs`]:
//!   maps, charts, tables, layers and reports, from that document alone.
//!
//! [`words`] holds every text. Below them lie [`units`], [`stats`], [`spatial`], [`vocabulary`], [`disclosure`], [`ledger`], [`disk`] and [`diagnostics`]; above them [`plan`], [`published`], [`pipeline`] and [`cli`].
//! [`audit`] attacks what they made, from the files alone.
//! [`synthetic`] invents boroughs to learn and to test on.
//!
//! Ten lines of use:
//!
//! ```
//! use gapmap::{diagnostics::Problems, pipeline, plan::Plan};
//!
//! let mut problems = Problems::default();
//! let plan = Plan::load("data/example/study.toml".as_ref(), &mut problems).expect("a plan");
//! let (findings, _record) = pipeline::findings(&plan, Some("trend"), &mut problems).expect("findings");
//! assert!(!problems.any_error());
//! for finding in &findings.findings {
//!     println!("{}: {}", finding.headline, finding.sentences[0]);
//! }
//! # assert!(findings.findings.len() > 1);
//! ```
//!
//! For those who come from R or Python:
//!
//! | there | here |
//! |---|---|
//! | PHEindicatormethods `phe_rate` | [`stats::counts::rate`] |
//! | PHEindicatormethods `phe_proportion` | [`stats::counts::proportion`] |
//! | NHSRplotthedots `ptd_spc` | [`stats::spc::xmr`] |
//! | PHEindicatormethods `calculate_dsr`, `calculate_ISRate` | [`stats::standardise::direct`], [`stats::standardise::indirect`] |
//! | PHEindicatormethods `phe_sii` | [`stats::inequality::slope_index`] |
//! | statsmodels `GLM`, `NegativeBinomial` of areas on their ridit | [`stats::area_gradient`] |
//! | Spiegelhalter's funnels (R `FunnelPlotR`) | [`stats::funnel_overdispersed`] |
//! | R csranks | [`stats::rank_sets`], [`stats::top_chance`] |
//! | CARBayes `S.CARleroux`, INLA `bym2` | [`stats::disease_map::smooth`] |
//! | Esri *Emerging Hot Spot Analysis*, sfdep `emerging_hotspot_analysis` | [`stats::emerging`] |
//! | pymannkendall `seasonal_test`, `hamed_rao_modification_test` | [`stats::mann_kendall::seasonal`], [`stats::mann_kendall::hamed_rao`] |
//! | statsmodels `multipletests` | [`stats::multiple::benjamini_hochberg`] |
//! | PHEindicatormethods `calculate_funnel_limits`, `phe_quantile` | [`stats::funnel`], [`stats::inequality::quantiles`] |
//! | statsmodels `test_poisson_2indep` | [`stats::ratio::equal_rates`] |
//! | qicharts2 `qic`, qcc | [`stats::control_charts`] |
//! | statsmodels `STL`, R `stl` | [`stats::stl::Stl`] |
//! | R `glm(family = poisson)`, `MASS::glm.nb` | [`stats::count_regression::poisson`], [`stats::count_regression::negative_binomial`] |
//! | ruptures `Pelt`, `Dynp` | [`stats::change_points::change_points`], [`stats::change_points::best_with`] |
//! | joinpoint regression (R `segmented`, Joinpoint), exhaustive over the onset | [`stats::segmented::choose`], [`stats::segmented::latest`] |
//! | Stata `prais`, nlme `gls(corAR1)` (interrupted series) | [`stats::interrupted_ar1::fit`] |
//! | R `Synth`, pysyncon (without predictors) | [`stats::synthetic_control::compare`] |
//! | lifelines `KaplanMeierFitter`, R `survfit` | [`stats::outcomes::curve`] |
//! | statsmodels `ExponentialSmoothing`, `ETSModel` | [`stats::forecast::fit`] |
//! | libpysal `Queen`, `Rook`, `KNN`, `DistanceBand` | [`spatial::contiguity`], [`spatial::nearest`], [`spatial::within`] |
//! | esda `Moran`, `Geary`, `G`; spdep `moran.test` | [`stats::autocorrelation`] |
//! | esda `Moran_Local`, `G_Local`; spdep `localG` | [`stats::local`], with p-values from [`stats::permutation::around`] |
//! | esda `Empirical_Bayes`, spdep `EBest`, `EBImoran.mc` | [`stats::smoothing`] |
//! | SaTScan, smerc `scan.test` | [`stats::scan::scan`] |
//! | scipy `gaussian_kde`, spatstat `density`, `Kest` | [`stats::points`] |
//! | pointpats `Knox`, NearRepeat | [`stats::near`] |
//! | Poisson-Gamma concentration (statsmodels `NegativeBinomial`, scipy `gamma`) | [`stats::concentration`] |
//! | PySAL access, IPEA `accessibility` | [`stats::access`] |
//! | r5r, pandana (walking) | [`spatial::Network`] |
//! | COINr | [`stats::composite`] |
//! | tobler `area_interpolate` | [`spatial::overlaps`], [`spatial::share_out`] |
//! | sdcTable, τ-Argus | [`disclosure::protect`] |
//! | geopandas `sjoin` (each point once) | [`spatial::Locator`] |
//! | pyproj 4326 → 27700 with OSTN15 | [`spatial::to_bng`] |

pub mod analyses;
pub mod audit;
pub mod cli;
pub mod compare;
pub mod diagnostics;
pub mod disclosure;
pub mod disk;
pub mod ledger;
pub mod model;
#[cfg(test)]
mod nothing_known;
pub mod outputs;
pub mod pipeline;
pub mod plan;
pub mod published;
pub mod reconcile;
pub mod release;
pub mod sources;
pub mod spatial;
pub mod stands_out;
pub mod stats;
pub mod study;
pub mod synthetic;
pub mod timings;
pub mod units;
pub mod vocabulary;
pub mod words;
