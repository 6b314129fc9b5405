//! Places that changed their name, or have another one in other languages, so that no spelling shows that they are one.

/// One place a line.
pub(super) const PLACES: &[(u8, &str)] = &[
    (1, "beijing peking pékin pequim pekín pechino пекин бэйцзин"),
    (2, "mumbai bombay бомбей мумбаи"),
    (3, "kolkata calcutta kalkutta калькутта"),
    (4, "chennai madras"),
    (5, "yangon rangoon rangun"),
    (6, "myanmar burma birma birmanie birmania мьянма бирма"),
    (
        7,
        "istanbul constantinople konstantinopel стамбул константинополь",
    ),
    (8, "guangzhou canton kanton"),
    (9, "lviv lemberg lvov львов львів"),
    (10, "gdansk danzig"),
    (11, "wroclaw breslau"),
    (12, "bratislava pressburg"),
    (13, "tallinn reval"),
    (14, "kaliningrad königsberg калининград кёнигсберг"),
    (15, "turkey türkiye turkiye"),
    (17, "eswatini swaziland"),
    (18, "netherlands holland niederlande"),
    (20, "jakarta batavia"),
    (23, "bishkek frunze бишкек фрунзе"),
    (24, "moscow moskau moscou moskva москва"),
    (25, "vienna wien vienne вена"),
    (26, "cologne köln"),
    (27, "munich münchen"),
    (28, "prague prag praha прага"),
    (29, "warsaw warschau varsovie warszawa варшава"),
    (30, "rome rom roma рим"),
];
