//! Words that turn a statement round. Where only one of two otherwise equal texts has one, they say opposite things.

/// Languages in the order en de fr es pt it ru ar zh ja. "No" is one word in four of them. English contractions fold to their
/// stem and a `t`, so the stems that exist only there are listed.
pub(super) const NEGATIONS: &str = "\
    not no never none nobody nothing neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't weren't \
    couldn't wouldn't shouldn't hasn't haven't hadn't don doesn didn isn aren wasn weren couldn wouldn shouldn hasn haven hadn \
    nicht kein keine keinen keiner keines nie niemals ohne nichts \
    pas jamais aucun aucune sans rien \
    nunca ningún ninguna nada jamás \
    não nenhum nenhuma sem \
    non mai nessun nessuna senza niente \
    не нет ни никогда без ничего \
    لا لم لن ليس ليست غير دون بدون \
    不 没 沒 未 无 無 非 别";
