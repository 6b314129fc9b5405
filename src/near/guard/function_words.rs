//! Words that carry grammar and no content: where only such words differ, nothing was said anew; and their capitals name nobody.

/// Languages in the order en de fr es pt it ru ar zh ja, without those that are numbers, negations or directions.
pub(super) const FUNCTION_WORDS: &str = "\
    a an the of to in on at by for from with as is are was were be been being has have had do does did will would can could may might \
    shall should must and or but if then than that this these those there here it its he she they them his her their we our you your i \
    my me us who whom whose which what when where why how also so such inc corp co ltd plc llc mr mrs ms some any each all both other into out about between through \
    during against while because since until s t re ve ll d said says say \
    der die das den dem des ein eine einen einem einer eines und oder aber wenn dass daß ist sind war waren wird werden wurde wurden \
    hat haben hatte hatten sein seine ihr ihre er sie es wir ich du im am zum zur von vom mit auf für bei aus als wie auch noch nur \
    so an in zu um durch sich man dieser diese dieses \
    le la les un une ne n de du des et ou mais que qui dont ce cette ces il elle ils elles nous vous je se sa son ses leur leurs dans en au \
    aux par pour sur avec est sont était ont a été plus y \
    el los las unos unas del al y o pero como su sus lo le les se es son fue ha han está con para por entre \
    os um uma uns umas do da dos das no na nos nas ao à e mas como seu sua é foi são com para por \
    il lo gli i uno di del della dei delle che e ma è sono con per su nel nella si ha hanno \
    и в во на с со к ко по о об от до из у за для но а что как это этот эта эти он она они мы вы я его ее их был была было были бы же \
    ли то так также при \
    في من إلى على عن مع أن إن أنه إنه التي الذي الذين هذا هذه ذلك تلك هو هي هم كان كانت و أو ثم قد كما ما بين حيث \
    的 了 着 著 过 之 乎 者 也 矣 焉 于 於 是 在 和 与 及 或 而 但 就 都 又 把 被 给 从 到 他 她 它 们 我 你 这 那 \
    の は が を に で と も へ や か ら り た だ て し";

/// Common German words that no other language here has: where they are frequent, a capital marks any noun.
pub(super) const GERMAN: &str =
    "der und nicht das dem den ist mit eine einen einem sich auch von für auf wird wurde dass";
