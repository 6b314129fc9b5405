//! What a number counts: currencies, measures, and goods that markets report in one sentence each. "5 dollars" against "5 yen" are different facts. Spellings of one unit share
//! a line, so that "pct" against "percent" is none.

/// `(unit below 64, its spellings)`.
pub(super) const UNITS: &[(u8, &str)] = &[
    (
        1,
        "$ dollar dollars dlr dlrs usd доллар доллара долларов دولار دولارا دولارات",
    ),
    (
        2,
        "£ pound pounds stg sterling gbp pfund livre libras фунт фунтов",
    ),
    (3, "€ euro euros eur ecu ecus евро يورو"),
    (4, "¥ yen yens jpy йен иен ين 円"),
    (5, "mark marks dm dem"),
    (6, "franc francs ffr chf"),
    (7, "rouble roubles ruble rubles rub рубль рубля рублей руб"),
    (8, "riyal riyals ريال ريالات"),
    (9, "yuan rmb cny 元"),
    (10, "rupee rupees"),
    (11, "peso pesos"),
    (12, "won krw"),
    (
        13,
        "% pct percent prozent pourcent porcentaje por cento процент процента процентов بالمئة بالمائة",
    ),
    (14, "cent cents cts ct"),
    (
        20,
        "km kilometre kilometres kilometer kilometers kilomètres kilómetros quilômetros chilometri километр километров كم كيلومتر كيلومترا كلم",
    ),
    (21, "mile miles meile meilen"),
    (
        22,
        "metre metres meter meters mètre mètres metro metros metri метр метра метров متر مترا",
    ),
    (23, "foot feet ft"),
    (24, "kg kilo kilos kilogram kilograms kilogramm килограмм"),
    (
        25,
        "tonne tonnes ton tons tonnen toneladas tonnellate тонна тонны тонн طن طنا",
    ),
    (26, "lb lbs"),
    (
        27,
        "barrel barrels baril barils barriles barris barili баррель баррелей برميل برميلا",
    ),
    (28, "bushel bushels"),
    (29, "ounce ounces oz"),
    (30, "hectare hectares acre acres"),
    (
        40,
        "hour hours stunde stunden heure heures hora horas ora ore час часа часов ساعة ساعات",
    ),
    (
        41,
        "minute minutes minuten minuto minutos minuti минута минуты минут دقيقة دقائق",
    ),
    (
        42,
        "day days tag tage tagen jour jours día días dia dias giorno giorni день дня дней يوم أيام",
    ),
    (
        43,
        "week weeks woche wochen semaine semaines semana semanas settimana settimane неделя недели недель أسبوع أسابيع",
    ),
    (
        44,
        "month months monat monate monaten mois mes meses mês mese mesi месяц месяца месяцев شهر أشهر شهور",
    ),
    (
        45,
        "year years jahr jahre jahren an ans année années año años ano anos anno anni год года лет سنة سنوات عام",
    ),
    (46, "quarter quarters qtr quartal trimestre квартал"),
    (50, "corn maize"),
    (
        51,
        "wheat weizen blé trigo frumento пшеница пшеницы قمح القمح",
    ),
    (52, "soybean soybeans soya"),
    (53, "oats hafer avoine avena овес овса"),
    (54, "barley gerste orge cebada ячмень ячменя"),
    (55, "sorghum"),
    (56, "cotton baumwolle coton algodón algodão хлопок хлопка"),
    (57, "coffee kaffee café caffè кофе"),
    (58, "cocoa kakao cacao какао"),
    (59, "sugar zucker sucre azúcar açúcar zucchero сахар сахара"),
    (60, "gold oro ouro золото золота الذهب"),
    (
        61,
        "silver silber argent plata prata argento серебро серебра الفضة",
    ),
    (62, "copper kupfer cuivre cobre rame медь меди النحاس"),
    (
        63,
        "oil petroleum erdöl pétrole petróleo petrolio нефть нефти النفط",
    ),
];
