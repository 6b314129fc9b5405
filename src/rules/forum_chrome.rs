//! The furniture of forums: what the software prints around posts.

use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::shape::bare;
use super::{Category, Rule};
use crate::config::Level;

/// What forum software prints around posts.
pub static RULE: Rule = Rule {
    name: "forum-chrome",
    category: Category::Forum,
    doc: "Matches what forum software prints around a post: `Posts: 1,234`, `Joined: Mar 2004`, `Location: …`, `Reply with quote`, `Thanked 3 times`, `Last edited by …`, `View profile`, `Report post`, ranks, post numbers, signature rules, `Users browsing this thread`, in English, German, French, Spanish, Italian, Russian, Chinese and Japanese.

It describes accounts and offers buttons. The posts themselves, and the lines that say whom a quote is from, are content and stay.

It errs on a text that lists members by such fields; fields that texts share (`Location: …`) fall only beside others of their kind.",
    cues: &[
        "posts", "posted", "post #", "post by", "joined", "join date", "registered", "member since", "location:", "from:", "quote", "reply", "thank", "liked", "likes", "last edit", "edited by", "view profile", "profile", "report", "private message", "permalink", "senior member", "junior member", "new member", "moderator", "administrator", "veteran", "offline", "online", "reputation", "reactions", "karma", "views", "replies", "thread", "topic", "forum", "users browsing", "currently viewing", "moderated by", "attachments", "you cannot", "you may not", "all times are", "time is now", "page 1 of", "top contributor", "guest", "messages:", "last post", "started by", "is offline", "is online", "rep power", "trophy", "points:", "visit", "website:", "signature", "___", "-----", "gender:", "age:", "advertisement", "unread", "bb code", "smilies", "[img]", "html code", "trackback", "mark this", "sticky", "__________",
        "posty:", "rejestracja:", "jest online", "przeglądający", "на форуме", "просматривают", "пожаловаться", "está conectado", "navegando", "parcourant", "in diesem forum", "visitano il", "才可以", "只看该", "只看該", "使用道具", "举报",
        "beiträge", "registriert", "beitrag", "zitieren", "zuletzt", "verfasst", "mitglied", "wohnort", "antworten", "messages", "inscrit", "inscription", "citer", "mensajes", "registrado", "citar", "mensagens", "messaggi", "iscritto", "cita", "berichten",
        "сообщений", "сообщения", "зарегистрирован", "регистрация:", "откуда:", "цитата", "цитировать", "ответить", "последний раз", "спасибо", "发表于", "發表於", "帖子", "注册时间", "積分", "积分", "楼主", "回复", "投稿", "返信", "المشاركات", "تاريخ التسجيل",
    ],
    check,
    examples: &[
        (Level::Safe, "⟦Posts: 1,234\nJoined: Mar 2004\nLocation: North shore\n⟧I would sand the hull before you paint it.\n⟦Reply with quote\n⟧"),
        (Level::Safe, "Szlifuj kadłub przed malowaniem.\n⟦Posty: 34\nRejestracja: 12 mar 2012, 18:22\n⟧Сначала зачисти корпус.\n⟦Сейчас этот форум просматривают: нет зарегистрированных пользователей и гости: 3\n⟧先打磨船壳。\n⟦只看该作者\n⟧"),
        (Level::Safe, "I would sand the hull before you paint it.\n⟦Last edited by tidewatcher; 12-03-2011 at 04:15 PM.\n⟧"),
        (Level::Safe, "I would sand the hull before you paint it.\n⟦Thanked 3 times in 2 posts\nView profile\nReport post\n⟧"),
        (Level::Safe, "⟦Beiträge: 512\nRegistriert: 14.02.2006, 18:22\n⟧Ich würde den Rumpf vorher schleifen."),
        (Level::Safe, "⟦Сообщений: 512\nЗарегистрирован: 14 фев 2006, 18:22\n⟧Я бы сначала ошкурил корпус."),
        (Level::Safe, "Thread Tools help nobody here.\n⟦You may not post new threads\nYou may not post replies\nYou may not edit your posts\n⟧"),
    ],
    counter_examples: &[
        "Originally posted by tidewatcher\nI would sand the hull before you paint it.",
        "tidewatcher wrote:\nI would sand the hull before you paint it.",
        "Location: the old harbour, two minutes from the station.",
        "Joined: two planks, one of oak and one of ash, with a scarf of eight to one.",
        "Reply to the letter of the ninth, with thanks for the drawings.",
        "registered user database. Both counts gave the same share.",
        "The club has agreed upon these two:\nModerator: Ellen Marsh <ellen@club.example> Second moderator: Tom Reed",
        "[MODERATOR: Well put, Tom, and thanks for the figures.]",
        "The moderator asked both sides for patience and got none.",
        "Quote\nIt is never the big wave that sinks the boat.",
    ],
};

/// Fields and buttons that only such software prints.
static SURE: Pattern = Pattern::new(
    r"^(?:
        (?:total\ |forum\ )? (?:posts|messages|threads|topics|reactions?(?:\ score)?|likes(?:\ received)?|trophy\ points|rep\ power|reputation|karma|blog\ entries|liked|post\ count|thanks(?:\ given|\ received)?|points|solutions|followers) \s* : \s* [0-9.,]+k? %? (?: [\s|/·•,;]+ (?:posts|messages|threads|joined|likes|location|thanks|reputation|from|member) \b .* )?
      | (?:join(?:ed|\ date)|registered|member\ since|registered\ since|date\ joined) \s* :? \s* (?:on\ )? (?: \S+\.? [\s,]+ [0-9]{1,2}(?:st|nd|rd|th)? [\s,]+ (?:of\ )? [0-9]{2,4} | \S+\.? [\s,-]+ [0-9]{2,4} | [0-9]{1,4}[-./\s]\S+[-./\s][0-9]{2,4} | [0-9]{4} ) .*
      | [0-9.,]+ \s (?:posts|messages|forum\ posts) (?:[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]+ .*)? | post \s \#? \s* [0-9]+ (?:\ of\ [0-9]+)? | \#[0-9]{1,5} (?:[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]+ permalink)? | permalink (?:[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]+ \#?[0-9]+)?
      | (?:reply|answer|respond|quote|multi-?quote|edit|delete|report) (?: \s* [|/·•,&]? \s* (?:with|to\ this|this)? \s* (?:quote|post|reply|thread|topic|edit|delete|report|multi-?quote|like|thanks|message|abuse|link|permalink|comment|pm)){1,5}
      | (?:reply|post|new\ (?:topic|thread|post|reply)|post\ (?:a\ )?(?:new\ )?(?:reply|thread|topic)|start\ (?:a\ )?new\ (?:thread|topic)|create\ (?:a\ )?(?:new\ )?(?:thread|topic)) \s? (?:to\ (?:this\ )?(?:thread|topic|discussion|post))?
      | (?:thank(?:s|ed)|liked) \s (?:[0-9,]+ \s times? .* | given .* | received .*) | (?:thanks|thanked|likes?) \s* [:(] \s* [0-9]+ \)? | [0-9]+ \s (?:thanks|people\ found\ this\ helpful|members?\ found\ this\ (?:post\ )?helpful|likes?\ this|users?\ (?:liked|thanked).*) | the\ following\ (?:[0-9]+\ )?users?\ (?:says?|said|likes?|liked|thanked).*
      | (?:this\ (?:post|message)\ (?:has\ been|was)\ )? (?:last|edited)\ (?:edit(?:ed)?|modified|changed|updated|by)\b \s? (?:by|:|on|at|[0-9]) .+ | edited \s by .+ [0-9] .* | (?:edited|modified) \s (?:on)? \s? [0-9].+\s by \s .+
      | (?:view|visit) \s (?:profile|public\ profile|forum\ posts|blog\ entries|homepage|my\ website|.+['’]s\ (?:homepage|profile|web\ ?site)!?) | send \s (?:a\ )? (?:private\ |personal\ |instant\ |email\ )?(?:message|email|pm) (?:\ (?:via|to)\ .+)? | find \s (?:all|more) \s (?:posts|threads) \s by .+
      | (?:report|flag) \s (?:this|the|as)? \s? (?:post|message|comment|abuse|spam|inappropriate|offensive|ad|content|user|problem|a\ problem) .*
      | \S+ (?:\ \S+){0,2} \s is \s (?:currently\ )? (?:offline|online|on\ a\ distinguished\ road|not\ logged\ in) | (?:user\ is\ )? (?:offline|online) (?:\ status)?
      | (?:[0-9]+\ )? (?:users?|members?|guests?|people) (?:\ and\ [0-9]+\ guests?)? \s (?:(?:are|is|currently)\ )* (?:browsing|viewing|reading) \s (?:this|the|in) .* | (?:currently|there\ are\ currently) \s [0-9]+ \s (?:active\ )?(?:users?|members?|guests?|people).*
      | you \s (?:may\ not|cannot|can['’]?t|can|may|must|need\ to|do\ not\ have\ permission\ to) \s (?:post|edit|delete|reply|vote|attach|download|create|start) \s (?:new\ |your\ |in\ |to\ |up\ )? (?:polls?|threads?|topics?|replies|attachments?|posts?|this\ forum|files|events).*
      | (?:bb|vb|html|\[img\]|\[video\]|smilies|trackbacks|pingbacks|refbacks) \s* (?:code)? \s* (?:is|are) \s (?:on|off) | all \s times \s are \s (?:gmt|utc|in).* | (?:the\ )? time \s (?:is\ )?now (?:\ is)? \s* :? \s .*[0-9].+
      | posted \s by | report \s (?:forum\ post|account|type)
      | (?:forum|thread|topic) \s (?:rules|tools|jump|permissions|statistics|starter|options|search|information) | display \s modes | (?:linear|hybrid|threaded) \s mode | search \s this \s (?:thread|forum|topic) | rate \s this \s thread | mark \s (?:all|this|forums?|topics?|as) .*\s? read | show \s (?:printable|first\ unread).* | switch \s to \s .+ \s mode | email \s this \s page | show \s 40 \s post.*
      | (?:last|latest|newest|first|previous|next|unread) \s (?:post|message|unread(?:\ post)?) (?:\s* (?:by|:|\#) .+)? | (?:jump|go) \s to \s (?:last|latest|first|new|post|page|topic\ listing|the\ (?:top|latest)).* | (?:thread|topic|discussion) \s? (?:starter|started|author|creator) (?:\s* (?:by)? :? \s .+)? | started \s by \s .+ | (?:moderated|moderators) \s* (?:by\s*)? : \s .+ | moderator \s* (?:by\s*)? : \s \S+ (?:\s\S+)?
      | (?:[0-9][0-9,.]*k?) \s (?:replies|views|posts|topics|threads|members|reactions) (?: [\s|,·•/]+ (?:[0-9][0-9,.]*k?) \s (?:replies|views|posts|topics|threads|likes|users|members|participants) )* | (?:replies|views|posts|topics|threads) \s* : \s* [0-9,.]+k? (?:[\s|,·•/]+ (?:replies|views|posts|topics|last\ post) \s* : .+)* | topic \s replies \s views \s activity
      | (?:senior|junior|new|full|active|registered|premium|gold|silver|elite|super|site|forum|regular|supporting|valued|platinum|banned|charter|distinguished|community|well-known|trusted) \s (?:member|user|moderator|administrator|supporter|contributor|poster|veteran) (?: \s*[|/·•,:;()\[\]\x23«»‹›<>←→&–—-] .* | \s (?:posts?|join(?:ed)?|location|registered|since|from|offline|online|[0-9]) .* )? | (?:super\ |global\ )?(?:moderator|administrator) | (?:forum|site) \s (?:admin|staff|veteran|regular|addict|newbie|god|guru) 
      | (?:posted|post|posts|beiträge|verfasst|geschrieben)\ ?:?\ (?:on|by|am|at)?\ ?(?:\S+,?\ )?\S+\ [0-9]{1,2},?\ [0-9]{4}\ [0-9]{1,2}:[0-9]{2}(?::[0-9][0-9])?(?:\ ?[ap]m)? (?:[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-].*)? | (?:back\ to|return\ to|»)\ (?:top|board\ index|forum\ index) | existing \s user\? .*
      | (?:beiträge|beitrag|themen|danke|likes|punkte|registriert(?:\ seit)?|mitglied\ seit|dabei\ seit|anmeldedatum) \s* : \s* .*[0-9].* | zuletzt \s (?:bearbeitet|geändert) \s (?:von|am) .+ | (?:mit\ zitat\ )?(?:antworten|zitieren) (?:\ mit\ zitat)? | [0-9]+ \s (?:beiträge|antworten) .*
      | (?:messages?|sujets|inscrit(?:\ (?:le|en))?|inscription) \s* :? \s* .*[0-9].* | (?:citer|répondre\ en\ citant|modifié\ .*par\ .+[0-9].*) | (?:mensajes|temas|registrado|fecha\ de\ ingreso|desde) \s* : \s* .*[0-9].* | (?:responder|citar) \s (?:citando|mensaje) | (?:mensagens|registado\ em) \s* : .*[0-9].* | (?:messaggi|iscritto\ (?:il|dal)|discussioni) \s* : \s* .*[0-9].* | (?:berichten|geregistreerd|lid\ sinds) \s* : \s* .*[0-9].*
      | (?:сообщени[йея]|зарегистрирован(?:а)?|регистрация|на\ форуме\ с|репутация|благодарности|поблагодарили|темы|постов) \s* : \s* .*[0-9].* | (?:ответить|вернуться)\ (?:с\ цитатой|наверх|к\ началу) | (?:последний\ раз\ )?(?:отредактировано|редактировал(?:ось)?|изменено) .+ | (?:цитировать|пожаловаться(?:\ на\ .+)?)
      | (?:发表于|發表於|發佈於)\s?[0-9\-/: ]{6,20}.* | (?:帖子|主题|主題|精华|积分|積分|威望|注册时间|註冊時間|注册日期|最后登录|金钱|金錢)[:：\s]\s?[0-9\-/ ]{1,20}.* | 只看该作者|只看該作者|显示全部楼层|顯示全部樓層|发短消息|加为好友|使用道具|举报|(?:第[0-9]+)?楼主? | 本主题由 .+ | (?:投稿日時|投稿者|登録日)[:：].+
      | (?:posty|rejestracja) \s* : .*[0-9].* | kto \s jest \s online | użytkownicy \s przeglądający \s to \s forum .+ | кто \s сейчас \s на \s форуме | сейчас \s этот \s (?:форум|раздел) \s просматривают .+
      | ¿?quién \s está \s conectado | usuarios \s navegando \s por \s este \s foro .+ | utilisateurs \s parcourant \s ce \s forum .+ | mitglieder \s in \s diesem \s forum .+ | visitano \s il \s forum .+ | usuários \s navegando \s neste \s fórum .+ | 您需要登录后才可以.+
      | (?:المشاركات|تاريخ\ التسجيل) \s* : .+
      ) $",
);

/// What a reader of a forum may not do there; such software ends it with a full stop at times.
static PERMISSION: Pattern = Pattern::new(
    r"^you \s (?:may|can|cannot|may\ not|can\ not|do\ not\ have\ permission\ to) \s (?:not\ )?(?:post|edit|delete|reply|vote|attach|download) \s (?:new\ |your\ |in\ |to\ )? (?:polls?|threads?|topics?|replies|attachments?|posts?|this\ forum|files|events) (?:\ in\ this\ forum)? $",
);

/// Fields that texts have too.
static FIELD: Pattern = Pattern::new(
    r"^(?: (?:location|from|gender|age|occupation|interests|website|real\ name|first\ name|my\ car|vehicle|drives|status|rank|title|country|state|wohnort|ort|localisation|lieu|ubicación|localidad|località|woonplaats|откуда|город|адрес|来自|來自|性别) \s* [:：] \s* .+ | member | guest | newbie | veteran | moderator | administrator | user | anonymous | quote | reply | edit | report | like | share | offline | online | [0-9]{1,6} | \#?[0-9]+ ) $",
);

/// A rule above a signature.
static RULER: Pattern = Pattern::new(r"^[_\-=~*.]{5,}$");

/// The time of a post with who wrote it, or what it is about.
static DATED: Pattern = Pattern::new(r"^posted\b .* (?: \ by\ | subject )");

/// The time of a post on a line of its own: `on Aug 10, 2014, 9:47:11 AM`.
static TIME: Pattern = Pattern::new(
    r"^(?:on\ )? \S+ \s [0-9]{1,2},? \s [0-9]{4},? \s (?:at\ )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? (?:\s?[ap]m)? $",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() > 220 {
        return;
    }
    if is_sure(text) {
        // When a post was written or changed is told outside of forums too.
        let level = if DATED.is_match(bare(text)) && !in_thread(page, index) {
            Level::Balanced
        } else {
            Level::Safe
        };
        cuts.line(page, index, level);
        if bare(text).eq_ignore_ascii_case("posted by") {
            // The name follows, then the time, on lines of their own.
            let time = page.next(index).and_then(|name| page.next(name));
            if let Some(time) = time.filter(|&t| TIME.is_match(page.text(t))) {
                cuts.line(page, time, Level::Safe);
            }
        }
        for near in [page.prev(index), page.next(index)].into_iter().flatten() {
            let near_text = page.text(near);
            // The field must not read as a note of the text.
            if words(near_text) <= 8
                && !near_text.ends_with('.')
                && near_text.contains([':', '：'])
                && FIELD.is_match(bare(near_text))
            {
                cuts.line(page, near, Level::Safe);
            }
        }
    } else if RULER.is_match(text) && text.starts_with('_') && in_thread(page, index) {
        cuts.line(page, index, Level::Balanced);
    }
}

/// True for what only forum software prints.
fn is_sure(text: &str) -> bool {
    let stated =
        text.ends_with('.') && words(text) > 3 && !text.contains(|c: char| c.is_ascii_digit());
    words(text) <= 16 && !stated && SURE.is_match(bare(text)) || PERMISSION.is_match(bare(text))
}

/// True when forum furniture stands within a few lines.
fn in_thread(page: &Page<'_>, index: usize) -> bool {
    let near = |step: &dyn Fn(usize) -> Option<usize>| {
        let mut at = index;
        (0..4).any(|_| match step(at) {
            Some(next) => {
                at = next;
                let text = page.text(at);
                text.len() <= 220 && is_sure(text)
            }
            None => false,
        })
    };
    near(&|i| page.prev(i)) || near(&|i| page.next(i))
}
