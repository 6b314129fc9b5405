//! Names of months, by number, and words that name a day by its weekday or from the day of writing.
//!
//! A month is a fact. A weekday or "yesterday" is one too, but outlets shift it when they print the same report a day later, so
//! a change among those alone says nothing. Languages in the order en de fr es pt it ru ar.

/// Months. English "may" and "march" are verbs as well; that only matters where another month stands in their place.
/// Japanese and Chinese months are numbers.
pub(super) const MONTHS: &[(u8, &str)] = &[
    (
        1,
        "january jan januar janvier enero janeiro gennaio январь января январе يناير جانفي",
    ),
    (
        2,
        "february feb februar février febrero fevereiro febbraio февраль февраля феврале فبراير فيفري شباط",
    ),
    (
        3,
        "march mar märz mars marzo março март марта марте مارس آذار",
    ),
    (
        4,
        "april apr avril abril aprile апрель апреля апреле أبريل إبريل نيسان",
    ),
    (5, "may mai mayo maio maggio май мая мае مايو أيار"),
    (
        6,
        "june jun juni juin junio junho giugno июнь июня июне يونيو حزيران",
    ),
    (
        7,
        "july jul juli juillet julio julho luglio июль июля июле يوليو تموز",
    ),
    (8, "august aug août agosto август августа августе أغسطس آب"),
    (
        9,
        "september sept sep septembre septiembre setembro settembre сентябрь сентября сентябре سبتمبر أيلول",
    ),
    (
        10,
        "october oct oktober octobre octubre outubro ottobre октябрь октября октябре أكتوبر",
    ),
    (
        11,
        "november nov novembre noviembre novembro ноябрь ноября ноябре نوفمبر",
    ),
    (
        12,
        "december dec dezember décembre diciembre dezembro dicembre декабрь декабря декабре ديسمبر",
    ),
];

/// Weekdays and days named from the day of writing.
pub(super) const DAYS: &str = "\
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri today yesterday tomorrow tonight \
    montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern morgen \
    lundi mardi mercredi jeudi vendredi samedi dimanche aujourd'hui hier demain \
    lunes martes miércoles jueves viernes sábado domingo hoy ayer mañana \
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira hoje ontem amanhã \
    lunedì martedì mercoledì giovedì venerdì sabato domenica oggi ieri domani \
    понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье сегодня вчера завтра \
    الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد اليوم أمس غدا";
