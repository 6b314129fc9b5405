//! Words that say which way something went, in opposed pairs. Where one text has a word of one side and the other text has a
//! word of the other side in its place, they report different events. Languages in the order en de fr es pt it ru ar zh/ja.

/// `(axis, one side, the other side)`. An axis may take several lines; words of one line and side are synonyms.
pub(super) const OPPOSITES: &[(u8, &str, &str)] = &[
    (
        0,
        "rise rises rose risen rising up higher gain gains gained increase increases increased increasing grow grew grown growth \
         climb climbed jump jumped surge surged advance advanced strengthen strengthened raise raised upward",
        "fall falls fell fallen falling down lower decline declines declined decrease decreases decreased decreasing drop drops dropped \
         slide slid plunge plunged sink sank slump slumped tumble tumbled weaken weakened cut reduced downward",
    ),
    (
        0,
        "stieg stiegen steigen gestiegen steigt anstieg zunahme höher monter monté hausse augmenté augmentation supérieur \
         subir subió subieron aumento aumentó subiu subiram aumentou salito saliti rialzo aumentato",
        "fiel fielen fallen gefallen fällt sank sanken rückgang abnahme niedriger baissé baisse diminué diminution inférieur \
         bajar bajó bajaron descenso disminuyó caiu caíram diminuiu sceso scesi ribasso diminuito calo",
    ),
    (
        0,
        "вырос выросла выросло выросли рост повысился повысилась увеличился увеличилась ارتفع ارتفعت ارتفاع ارتفاعا زاد زيادة 涨 升 增 昇",
        "упал упала упало упали падение снизился снизилась снижение сократился сократилась انخفض انخفضت انخفاض انخفاضا تراجع تراجعت تراجعا هبط 跌 降 减 減",
    ),
    (
        1,
        "profit profits profitable gewinn bénéfice ganancia ganancias beneficio lucro utile profitto прибыль прибыли ربح أرباح 盈 赚 黒",
        "loss losses verlust perte pérdida pérdidas prejuízo perdita perdite убыток убытки убытка خسارة خسائر 亏 赔 赤",
    ),
    (
        2,
        "more above over exceed exceeded greater most mehr über plus más más mais più больше выше более أكثر فوق",
        "less below under fewer least weniger unter moins menos meno меньше ниже менее أقل تحت",
    ),
    (
        3,
        "before vor avant antes prima перед قبل 前",
        "after nach après después depois dopo после بعد 后 後",
    ),
    (
        4,
        "buy buys bought buyer buyers purchase",
        "sell sells sold seller sellers sale",
    ),
    (
        5,
        "win wins won victory beat",
        "lose loses lost defeat defeated",
    ),
    (6, "import imports imported", "export exports exported"),
    (
        7,
        "north northern norden nord norte север شمال 北",
        "south southern süden sud sur sul юг جنوب 南",
    ),
    (
        8,
        "east eastern osten est oriental восток شرق 东 東",
        "west western westen ouest oeste ovest запад غرب 西",
    ),
    (
        9,
        "open opens opened opening",
        "close closes closed closing",
    ),
    (
        10,
        "accept accepted agree agreed support",
        "refuse refused deny denied oppose",
    ),
    (
        11,
        "men man male boy boys husband father",
        "women woman female girl girls wife mother daughter",
    ),
    (
        12,
        "left links gauche izquierda esquerda sinistra левый يسار 左",
        "right rechts droite derecha direita destra правый يمين 右",
    ),
    (13, "direct directly", "indirect indirectly"),
    (
        14,
        "inside internal inflow inflows",
        "outside external outflow outflows",
    ),
    (
        15,
        "good better best gut besser bon mieux bueno mejor",
        "bad worse worst schlecht schlechter mauvais pire malo peor",
    ),
];
