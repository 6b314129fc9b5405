//! Number words of ten languages, by value. A line holds one value; its words are separated by blanks, languages in the order
//! en de fr es pt it ru ar zh/ja.
//!
//! Words that mean something common in another of these languages are left out, since texts of a dump are not tagged by
//! language: Italian "due" and "sei", Spanish "once", French "un", German "ein", Portuguese "um", French "cent".

/// Cardinals and ordinals. "Second" stays out: it is a unit as well.
pub(super) const NUMBERS: &[(u64, &str)] = &[
    (0, "zero null zéro cero ноль нуль صفر 零 〇"),
    (
        1,
        "one eins uno один одна одно одного одной واحد واحدة 一 壹",
    ),
    (
        1,
        "first erste ersten erster erstes premier première primero primera primeiro primeira первый первая первое первого الأول الأولى",
    ),
    (
        2,
        "two zwei deux dos dois duas два две двух двум двумя اثنان اثنين اثنتين 二 两 兩 贰",
    ),
    (
        2,
        "zweite zweiten zweiter zweites deuxième segundo segunda secondo seconda второй вторая второе второго الثاني الثانية",
    ),
    (
        3,
        "three drei trois tres três tre три трех трём тремя ثلاث ثلاثة 三 叁",
    ),
    (
        3,
        "third dritte dritten dritter drittes troisième tercero tercera terceiro terceira terzo terza третий третья третье третьего الثالث الثالثة",
    ),
    (
        4,
        "four vier quatre cuatro quatro quattro четыре четырех четырём أربع أربعة 四 肆",
    ),
    (
        4,
        "fourth vierte vierten vierter viertes quatrième cuarto cuarta quarto quarta четвертый четвертая четвертого الرابع الرابعة",
    ),
    (
        5,
        "five fünf cinq cinco cinque пять пяти пятью خمس خمسة 五 伍",
    ),
    (
        5,
        "fifth fünfte fünften fünfter cinquième quinto quinta пятый пятая пятого الخامس الخامسة",
    ),
    (6, "six sechs seis шесть шести шестью ست ستة 六 陆"),
    (
        6,
        "sixth sechste sechsten sixième sexto sexta sesto sesta шестой шестая шестого السادس السادسة",
    ),
    (
        7,
        "seven sieben siete sete sette семь семи семью سبع سبعة 七 柒",
    ),
    (
        7,
        "seventh siebte siebten septième séptimo sétimo settimo седьмой седьмая седьмого السابع السابعة",
    ),
    (
        8,
        "eight acht huit ocho oito otto восемь восьми ثمان ثماني ثمانية 八 捌",
    ),
    (
        8,
        "eighth achte achten huitième octavo oitavo ottavo восьмой восьмая восьмого الثامن الثامنة",
    ),
    (9, "nine neun neuf nueve nove девять девяти تسع تسعة 九 玖"),
    (
        9,
        "ninth neunte neunten neuvième noveno nono девятый девятая девятого التاسع التاسعة",
    ),
    (10, "ten zehn dix diez dez dieci десять десяти عشر عشرة"),
    (
        10,
        "tenth zehnte zehnten dixième décimo decimo десятый десятая десятого العاشر العاشرة",
    ),
    (11, "eleven elf onze undici одиннадцать одиннадцати"),
    (
        12,
        "twelve zwölf douze doce doze dodici двенадцать двенадцати",
    ),
    (
        13,
        "thirteen dreizehn treize trece treze tredici тринадцать тринадцати",
    ),
    (
        14,
        "fourteen vierzehn quatorze catorce catorze quattordici четырнадцать четырнадцати",
    ),
    (
        15,
        "fifteen fünfzehn quinze quince quindici пятнадцать пятнадцати",
    ),
    (
        16,
        "sixteen sechzehn seize dieciséis dezesseis sedici шестнадцать шестнадцати",
    ),
    (
        17,
        "seventeen siebzehn diecisiete dezessete diciassette семнадцать семнадцати",
    ),
    (
        18,
        "eighteen achtzehn dieciocho dezoito diciotto восемнадцать восемнадцати",
    ),
    (
        19,
        "nineteen neunzehn diecinueve dezenove diciannove девятнадцать девятнадцати",
    ),
    (
        20,
        "twenty zwanzig vingt veinte vinte venti двадцать двадцати عشرون عشرين",
    ),
    (
        30,
        "thirty dreißig trente treinta trinta trenta тридцать тридцати ثلاثون ثلاثين",
    ),
    (
        40,
        "forty vierzig quarante cuarenta quarenta quaranta сорок сорока أربعون أربعين",
    ),
    (
        50,
        "fifty fünfzig cinquante cincuenta cinquenta cinquanta пятьдесят пятидесяти خمسون خمسين",
    ),
    (
        60,
        "sixty sechzig soixante sesenta sessenta sessanta шестьдесят шестидесяти ستون ستين",
    ),
    (
        70,
        "seventy siebzig setenta settanta семьдесят семидесяти سبعون سبعين",
    ),
    (
        80,
        "eighty achtzig ochenta oitenta ottanta восемьдесят восьмидесяти ثمانون ثمانين",
    ),
    (90, "ninety neunzig noventa novanta девяносто تسعون تسعين"),
    (
        200,
        "doscientos duzentos duecento двести двухсот مئتان مئتين",
    ),
    (300, "trescientos trezentos trecento триста трехсот"),
    (400, "cuatrocientos quatrocentos четыреста четырехсот"),
    (500, "quinientos quinhentos cinquecento пятьсот пятисот"),
];

/// Words that multiply the number before them, as powers of ten. Abbreviations of market reports among them.
pub(super) const SCALES: &[(u8, &str)] = &[
    (1, "十 拾"),
    (2, "hundred hundreds hundert cento сто مئة مائة 百 佰"),
    (
        3,
        "thousand thousands tausend mille mil mila тысяча тысячи тысяч тыс ألف آلاف الف 千 仟",
    ),
    (4, "万 萬"),
    (
        6,
        "million millions mln mlns mio millionen millón millones milhão milhões milione milioni миллион миллиона миллионов млн مليون ملايين",
    ),
    (8, "亿 億"),
    (
        9,
        "billion billions bln bn milliarde milliarden mrd milliard milliards bilhão bilhões miliardo miliardi миллиард миллиарда миллиардов млрд مليار مليارات",
    ),
    (
        12,
        "trillion trillions trln триллион триллиона триллионов تريليون 兆",
    ),
];
