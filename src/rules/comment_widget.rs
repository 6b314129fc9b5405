//! The furniture of comment sections; never the comments.

use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// The furniture of comment sections; never the comments.
pub static RULE: Rule = Rule {
    name: "comment-widget",
    category: Category::Comments,
    doc: "Matches the controls around readers' comments: the invitation to leave one, the form and its notes (required fields, \
moderation, permitted tags, spam filter), buttons on each comment (reply, report, like), counters, sorting, trackback and feed \
links, and messages of comment services.

These lines come from the blog's software or from a comment service and are the same under every post.

It errs where such words are a heading of the text (\"Comments\" over a section of a paper), so the single words go only among \
lines of their kind. What readers wrote stays, also when it is short, and so does an author's question to the readers.",
    cues: &[
        "comment",
        "reply",
        "replies",
        "repl",
        "trackback",
        "pingback",
        "permalink",
        "disqus",
        "akismet",
        "moderat",
        "required field",
        "fields are marked",
        "your email address will not be published",
        "will not be published",
        "notify me",
        "notify of",
        "report abuse",
        "flag as",
        "join the discussion",
        "join the conversation",
        "have your say",
        "your say",
        "be the first to",
        "add yours",
        "html tags",
        "captcha",
        "reading this image",
        "verification code",
        "weblogs that",
        "filed under",
        "konto (",
        "تعليقك",
        "share your",
        "discussion",
        "thread",
        "log in",
        "not verified",
        "save my name",
        "remember me",
        "remember personal",
        "letters and numbers",
        "your name",
        "say something",
        "discuss",
        "most liked",
        "oldest first",
        "newest first",
        "kommentar",
        "kommentier",
        "antwort",
        "pflichtfelder",
        "erforderliche felder",
        "nicht veröffentlicht",
        "ne sera pas publi",
        "no será publicad",
        "não será publicad",
        "non sarà pubblicat",
        "не будет опубликован",
        "公开",
        "公開されること",
        "必須項目",
        "yayımlanmayacak",
        "niet gepubliceerd",
        "nie zostanie opublikowany",
        "obligatoriska fält",
        "follow-up",
        "followup",
        "add one",
        "commentaire",
        "répondre",
        "champs obligatoires",
        "comentar",
        "comentár",
        "responder",
        "respuesta",
        "campos obligatorios",
        "campos obrigatórios",
        "rispondi",
        "correo electrónico no",
        "campi obbligatori",
        "комментар",
        "ответить",
        "обязательные поля",
        "تعليق",
        "إلزامية",
        "评论",
        "評論",
        "回复",
        "回覆",
        "留言",
        "コメント",
        "返信",
        "reactie",
        "reageer",
        "beantwoorden",
        "odpowiedz",
        "komentarz",
        "yorum",
        "yanıtla",
        "댓글",
        "svara",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The orchard was sold in April.\n⟦Leave a Reply\nYour email address will not be published. Required fields are marked *\nComment *\nName *\nEmail *\nWebsite\nSave my name, email, and website in this browser for the next time I comment.\nPost Comment\n⟧",
        ),
        (
            Level::Safe,
            "Lovely pictures, thank you.\n⟦Reply\n14 comments\nReport abuse\n⟧My grandfather planted those trees.\n⟦Reply to Anna\n⟧",
        ),
        (
            Level::Safe,
            "The orchard was sold in April.\n⟦This site uses Akismet to reduce spam. Learn how your comment data is processed.\nComments are moderated and will not appear until they are approved.\nYou must be logged in to post a comment.\n⟧",
        ),
        (
            Level::Safe,
            "Der Obstgarten wurde verkauft.\n⟦Schreibe einen Kommentar\nDeine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert\n⟧Le verger a été vendu.\n⟦Laisser un commentaire\nVotre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *\n⟧",
        ),
        (
            Level::Safe,
            "Se vendió el huerto.\n⟦Deja una respuesta\nTu dirección de correo electrónico no será publicada.\n⟧O pomar foi vendido.\n⟦Deixe um comentário\n⟧Il frutteto è stato venduto.\n⟦Lascia un commento\n⟧",
        ),
        (
            Level::Safe,
            "Сад продан.\n⟦Добавить комментарий\n⟧果园卖掉了。\n⟦发表评论\n⟧果樹園が売れた。\n⟦コメントを残す\n⟧بيع البستان.\n⟦اترك تعليقاً\n⟧",
        ),
        (
            Level::Safe,
            "The orchard was sold in April.\n⟦{ 3 comments… read them below or add one }\nTrackBack URL for this entry:\nNotify me of follow-up comments by email.\nblog comments powered by Disqus\n⟧",
        ),
    ],
    counter_examples: &[
        "The ministry declined to comment on the report.",
        "Great post! I will reply at length when I have read it twice.",
        "Comments by the reviewers were sent to the authors in March, and the authors replied in May.",
        "Name the three kinds of rock, and say where each is found.",
        "What is your favourite apple? Tell me what you bake with it.",
        "The list takes patches, questions and\ncomments.\nIt is read by forty people.",
        "You can leave a key with the neighbour.\nYou can follow this path to the ford.\nEnter the code below in the terminal.",
        "“No comment.”\n“No reply.”\nThank you for your comment, Anna. I will try that pruning saw.\nIn response to the drought, the council closed the baths.",
        "User comments on the platform are monitored by forty people in Manila.\nItems marked with a leaf are vegan.\nThumbs up",
        "Read all the letters before posting an answer.",
        "The bench is sold, the saw is not.\nreply to harold@orchard.example",
        "The pruning saw is better than the knife, if you ask me.\nComments?\nHarold",
        "In reply to your three questions:\nThe trees are forty years old, and nobody sprays them.",
        "Ten crates of russets, four of pippins.\nSend all comments to\nharold@orchard.example",
        "> Are the pippins sold?\n> REPLY\n> They went on Monday, all four crates of them.",
        "In reply, the king sent two ships.\nHe left no comment on the margin, only a small drawing.",
        "Kommentar schreiben lernen: Aufbau, Gliederung und ein Beispiel für die Schule.",
        "I wrote a comment under your last post and it never appeared, so here it is again.",
    ],
};

/// Controls that can be nothing else: the whole line.
static CONTROL: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:leave|post|add|write|submit|make|share|place|enter|give|send|drop|view|read|see|show|hide|load|open|close|all|join|jump to|go to|skip to|expand|sort|toggle|start|click to|log ?in to|sign in to|login to|register to|comment|\d[\d.,]*|more|what[’']s|other|latest|recent|reader|readers[’']?|reader[’']s|user|blog|top|older|newer|previous|next|your|new)(?: (?:a|an|your|the|us|me|my|all|this|any|new|more|another|first|own|public|private|quick|of|on|in|to|for|below|here|and|or|&|\d[\d.,]*|read|post|write|view|add|leave|see|view all|previous|reader|user|facebook|now))* ?(?:comments?|repl(?:y|ies)|response|responses|trackbacks?|pingbacks?|reader comments?)(?: ?(?:\W*(?:on|to|here|now|below|yet|cancel reply|cancelreply|cancel|policy|guidelines|section|form|feed|rss|thread|so far|add one now|add one|read them below|read it below|or|add yours|thus far|closed|are closed|post|this|article|story|entry|page|topic|author|first|displaying|displayed|comments?|leave a|reply|add a comment|add your comment|log in|share|print|\d+|permalink|trackbacks?|and|filed under|view all|»|text|was held for moderation)))*)
    | (?-x:(?:comments?|responses?|replies|trackbacks?|pingbacks?)(?:\W*(?:rss|feed|policy|guidelines|rules|off|closed|are closed|disabled|are off|are disabled|are turned off|are currently closed|are now closed|on this entry are closed|loading|by|powered by|powered by disqus|powered by \S+|\(?\d[\d.,]*\)?|\(?none\)?|for this \S+|on this \S+|add comment|add yours|post a comment|atom|\(rss\)|url|uri|url for this entry|and|trackbacks?|pings|pingbacks?|permalink|share|print|e-?mail|are moderated|help|faq|are|close|count|link|feeds?|subscribe|posted|leave a comment|leave a reply|view comments|sort by|newest|oldest|»))+)
    | (?-x:reply|no (?:comments|responses|replies|trackbacks|pingbacks)(?: (?:yet|so far|on this \S+|posted))?|(?:share|add|leave|post|submit) (?:us )?(?:your |a )(?:thoughts|feedback|views|opinion)|commented (?:on )?[a-z]{3,9}\.? \d{1,2}\b.{0,20}|\S+ commented (?:on )?[a-z]{3,9}\.? \d{1,2}, \d{4}.{0,12}|cancel repl(?:y|ies)|click here to cancel reply|reply(?: (?:delete|to (?:this|all|thread|topic|post|author|@?[^\s@]+)|with quote|quote|link|report|flag|like|share|cancel|↓|as topic|quote like|edit))+|replydelete|replyreport|reply ?(?:\d+)?|(?:quick|post|add|private|view|show|hide|last|first|1|\d+) ?repl(?:y|ies)(?: last reply| to .{1,30})?|in reply to [^.!?]+(?: by .+|:)|replying to @?\S+|log ?in to reply|reply delete|delete reply)
    | (?-x:(?:\{ ?)?(?:(?:\d+|one|two) (?:comments?|trackbacks?|pingbacks?|responses?)|no (?:comments|trackbacks|pingbacks))\W*(?:(?:read (?:it|them) below or )?add (?:one|one now|yours))?(?: ?\})?|permalink|trackback(?: (?:uri|url|link|address))?(?: for this (?:entry|post))?|(?:posted|comment) (?:permalink|url)|link to this comment|permalink to this comment)
    | (?-x:report(?: (?:this|as|abuse|comment|a|an|inappropriate|post|spam|offensive|content|user|violation|to (?:admin|moderator)))+|flag(?: (?:as|this|comment|inappropriate|abuse|for review|spam|post|offensive))+|find this comment offensive|is this comment offensive|(?:like|dislike|vote) (?:this )?comment|(?:like|dislike) reply|reply like|like ?\|? ?reply|recommend(?:ed)? ?\(?\d+\)?|vote (?:up|down)|thumbs (?:up|down) \d+|most liked|(?:oldest|newest|best|most (?:recent|recommended|liked|voted))(?: comments| first)|sort (?:comments )?by\b.{0,30}|(?:show|load|view) (?:all )?(?:\d+ )?(?:more|older|newer|previous|hidden) (?:comments?|repl(?:y|ies)))
    | (?-x:join (?:the|this|our) (?:discussion|conversation|debate|comments)(?:\W*(?:sign up|log in|now|on \S+|below|in the comments))*|have your say|what do you think\? (?:leave|join|share|let us know|tell us|have your).*|your (?:say|comments?|reply)|be the first (?:to|one to) (?:comment|reply|leave|post|write|review|share|add|like)\b.*|(?:no comments|nobody has commented|there are no comments|there are currently no comments)(?: yet| so far| on this \S+| posted| available)?\W*(?:be the first.*|why not.*|add.{0,20})?|say something|start the (?:conversation|discussion)|discuss (?:this (?:article|story|post|topic)|on .{2,20}|in the forums?)|(?:discuss|discussion) \(\d+\)|join the thread)
    | (?-x:loading comments|comments? (?:loading|has been posted)|(?:blog )?comments powered by .{2,20}|powered by (?:disqus|facebook comments|intense debate|livefyre|echo|coral).{0,30}|add (?:yours|your (?:comment|voice|thoughts|reply|own)).{0,3}|(?:submit|post|publish|preview|edit|delete) (?:your |my )?(?:comment|reply|response)|(?:submit|send) comment|previewing your comment|verify your comment|post (?:new|a new|another) comment|(?:your )?comment(?: (?:here|text|body|\*|\(required\)))+|error type|remember (?:personal info|my (?:personal )?info(?:rmation)?|me)\??|save my (?:name|info).*|(?:notify me|e-?mail me|alert me|subscribe|receive).{0,30}\b(?:follow-?up|new|further|replies|additional|subsequent|when|of|to) ?.*(?:comments?|posts?|replies|repl(?:y|ies)|responses).*|notify of|notify me(?: of .*)?)
    | (?-x:(?:name|e-?mail|website|url|comment|author)(?: \((?:required|optional|will not be published|required, but never shared|never published|never displayed|required, never displayed|required, but not displayed|will not be published\) \(required|without http.{0,5})\)| ?\*| required)+)
    # other languages
    | (?-x:(?:(?:schreibe?|hinterlasse|verfasse|schreiben sie|jetzt|neuen?|ersten|einen?|den|dein|ihr|alle|zu den|zum|keine|\d+|weitere|beitrag|artikel|diesen artikel|leser|zur?|meine|mit) )*(?:kommentare?n?|antworten?|leserkommentare|kommentarfunktion|diskussion)(?: (?:schreiben|hinterlassen|verfassen|abgeben|abschicken|absenden|anzeigen|lesen|ansehen|melden|abonnieren|hinzufügen|abbrechen|geschlossen|laden|einblenden|ausblenden|zu diesem (?:artikel|beitrag|thema)|beitragen|sind geschlossen|posten|zitieren|hier|veröffentlichen|zum (?:artikel|thema)|deaktiviert|\(?\d+\)?))+|(?:(?:schreibe?|hinterlasse|verfasse|schreiben sie|keine|dein|ihr|alle|zu den|zum|neuer|neuen) (?:einen |eine |den ersten |\d+ )?)(?:kommentare?n?|antwort)|\d+ (?:kommentare?|antworten)|du kommentierst mit deinem .*|kommentare? \(\d+\)|antworten|kommentieren|antwort abbrechen|artikel kommentieren|mitdiskutieren|diskutieren sie mit)
    | (?-x:(?:(?:laisser?|laissez|ajouter|écrire|poster|publier|rédiger|voir|lire|tous|afficher|réagir|soyez|envoyer) )+(?:(?:un|votre|mon|le|les|des|tous|nos|vos|premier|nouveau|\d+) )*(?:commentaires?|réponse|réactions?)|annuler la réponse|\d+ (?:commentaires?|réactions?)|commentaires? \(\d+\)|(?:aucun|pas de) commentaires?|répondre(?: à .{1,30})?|commenter(?: cet article| l[’']article)?|signaler(?: (?:un abus|ce commentaire|un contenu))+|prévenez-moi de tous les nouveaux (?:commentaires|articles) par e-?mail)
    | (?-x:(?:(?:deja|dejar|escribe|escribir|añade|añadir|agregar|publicar|ver|haz|envía|enviar|leer|deixe|deixar|escreva|adicionar|faça|ver|comente|lascia|scrivi|aggiungi|pubblica|invia|commenta|mostra|leggi) )+(?:(?:un|tu|una|los|todos|todos los|tus|o seu|um|seu|uma|il tuo|i|tutti i|primo|nuevo|\d+|el|as|os) )*(?:comentarios?|comentários?|respuesta|resposta|commenti|commento|risposta)(?: (?:cancelar (?:la )?respuesta|cancelar resposta|annulla risposta))?|cancelar (?:la )?respuesta|cancelar resposta|annulla risposta|\d+ (?:comentarios?|comentários?|commenti|commento)|(?:sin|no hay|nenhum|nessun) (?:comentarios?|comentário|commento)(?: aún)?|responder|rispondi|comentar(?: (?:esta noticia|artículo))?|commenta)
    | (?-x:(?:добавить|оставить|написать|отправить|показать|читать|все|оставьте|прокомментировать|нет|\d+)(?: (?:свой|ваш|все|новый|первый))* ?комментари\S*|(?:оставить )?комментари(?:и|ев|й)(?: ?\(\d+\)| закрыты| отключены| \d+)|комментировать|ответить|отменить ответ|обсудить|пожаловаться)
    | (?-x:(?:اترك|أضف|اكتب|كتابة|إضافة|أترك) (?:تعليق(?:اً|ًا|ك|ا)?|رداً|ردا|ردّاً)(?: (?:إلغاء الرد|هنا|جديد))?|تم [أإا]ضافة تعليقك.*|إلغاء الرد|(?:لا توجد|لا يوجد) تعليقات|تعليقات?|رد)
    | (?-x:(?:发表|發表|添加|写|我要|查看|全部|最新|热门|撰写|提交|新增|網友|网友|发布|参与)?(?:所有|全部|更多|我的)?(?:评论|評論|回复|回覆|留言|跟帖)(?:取消回复|取消回覆)?(?: ?\(?\d+\)?|\d+条|列表|区|功能已关闭)?|(?:该|此|本文)?(?:评论|評論)(?:功能)?已(?:关闭|關閉)|取消回复|取消回覆|\d+ ?(?:条|則|个|個)?(?:评论|評論|回复|回覆|留言)|发表回复|發佈留言|登录后(?:才能)?评论|コメント(?:を)?(?:残す|する|投稿(?:する)?|書く|を見る|をキャンセル|送信|欄|一覧|\(\d+\)|\d+件)|コメント(?:数)? ?[\d(]+ ?[)件]?|返信(?:する|をキャンセル)?|댓글(?: ?(?:남기기|쓰기|달기|작성|보기|\d+개?))?|답글(?: ?(?:달기|남기기|쓰기))?|댓글 ?\(?\d+\)?)
    | (?-x:(?:geef een|plaats een|laat een|schrijf een|bekijk|alle|\d+) ?(?:reacties?|antwoord|commentaar)(?: (?:annuleren|achter|achterlaten|plaatsen))*|reageer(?: op dit artikel)?|beantwoorden|reacties? \(\d+\)|(?:dodaj|napisz|zostaw|skomentuj|pokaż|wszystkie|\d+)(?: (?:nowy|swój))? ?(?:komentarze?y?|odpowiedź|komentarzy)|odpowiedz|anuluj pisanie odpowiedzi|(?:yorum|cevap|yanıt)(?: ?(?:yap|yaz|gönder|ekle|bırak|lar|ları gör|ver|ını yaz|yazın|ı iptal et))+|bir (?:yorum|cevap|yanıt) (?:yaz|yazın|bırakın?)(?: (?:cevabı|yanıtı) iptal et)?|yanıtla|cevapla|\d+ yorum|(?:skriv|lämna|legg igjen|efterlad|visa|vis|lägg till)(?: (?:en|ett|et|din|alla|alle))* ?(?:kommentar(?:er)?|svar)|svara|avbryt svar|\d+ kommentarer)
    )\W*$",
);

/// Notes and messages of the form and of comment services, by their opening.
static NOTE: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:your|the) e-?mail (?:address )?(?:will (?:not|never) be|is never|won[’']t be|is not) (?:published|shared|displayed|made public|visible)\b.*|(?:required|mandatory) fields (?:are )?(?:marked|indicated|with).*|fields marked with .*|.*e-?mail address(?:es)? (?:is|are|will) (?:not|never|required)\b.*(?:displayed|published|shown|comment).{0,30})
    | (?-x:this site uses akismet\b.*|this (?:site|form|page) is protected by (?:google )?(?:re|h)captcha\b.*|fill in your details below or click an icon.{0,20}|you are now leaving a comment.*|(?:please )?enable javascript to view the comments\b.*|(?:you may|you can|basic|allowed|these|some|supported|permitted|xhtml:|html:|html tags) .*\b(?:html|xhtml|tags)\b.*(?:abbr|blockquote|a href|tags and attributes|(?:is|are) (?:allowed|permitted)|allowed\b)\b?.*|no html(?: tags)? (?:is |are )?allowed.*|line breaks (?:and paragraphs )?(?:are )?automatic.*|web page addresses and e-?mail addresses turn into links.*)
    | (?-x:(?:(?:please |you )?(?:must |need to |have to )?(?:be |please )?)(?:log(?:ged)? ?in|sign(?:ed)? in|register(?:ed)?|a member|a registered|login)\b.*\b(?:to|in order to|before you can|before) (?:(?:be able to|leave|post|add|make|join|write|view|read|reply|comment|submit|participate|rate|answer|take part)\b.*\b(?:comments?|discussion|reply|replies|conversation|topic|here|review|question|debate|forum|feedback)|(?:comment|reply|post))\b.*)
    | (?-x:(?:you (?:must|need to|have to)) .*\b(?:logged in|log in|sign in|register|a member)\b.*\b(?:comment|reply|discussion|answer|conversation)\S*.*)
    | (?-x:comments? (?:is|are|will be|may be|on this (?:entry|post|article|story)|for this|must be|submitted|posted here|may take|moderation)\b.{0,30}\b(?:closed|moderated|approved|moderation|disabled|turned off|not (?:be )?(?:enabled|available|allowed|published|appear)|sole responsibility|the responsibility|subject to|reviewed|deleted|removed|appear|property of|owned by|limited to|welcome|screened|monitored)\b.*)
    | (?-x:(?:all|new|first-time|your|anonymous|off-topic|abusive|all readers|all user) comments?\b.*\b(?:moderated|moderation|approved|reviewed|will (?:appear|be (?:published|posted|visible|deleted|removed|screened|reviewed))|awaiting|monitored|posted immediately|has been (?:posted|saved|submitted|received)|could not be|has not yet been|approval|not appear|we reserve)\b.*)
    | (?-x:(?:the )?(?:comments|discussion|commenting|opinions expressed in (?:the )?comments|views expressed in (?:the )?comments)\b.{0,30}\b(?:(?:to|on|for) this (?:entry|post|article|story|thread) (?:are|is) (?:now )?closed|period has|section is closed|has been closed|do not (?:necessarily )?(?:reflect|represent)|are those of)\b.*)
    | (?-x:(?:this is only a preview|as a final step before posting|having trouble reading this image|enter verification code|scroll down to load comments|this entry was posted (?:on|by|in)\b.*\byou can (?:follow|leave|skip|trackback)|the letters and numbers you entered|comment below or sign in with|enter your information below to add|your comment could not be posted|if you have a typekey|to create a link, enter|(?:sorry, )?(?:you have|you[’']ve) entered an incorrect|please enter your (?:comment|name here|email address here)|there was an error (?:posting|submitting)|type the (?:two words|characters) (?:you see|shown|in|from|below)|enter the (?:code|characters|letters|text|word|numbers) (?:you see|shown) (?:in|above|below|on)\b.{0,20}(?:image|picture|box|captcha|above|below|left|right)|(?:this question is for testing whether|what code is in the image|to prevent automated spam|prove you[’']re (?:not a robot|human))|you are (?:currently )?commenting using|you are (?:currently )?signed in as|(?:log in|login) with (?:facebook|disqus|twitter)|connect with facebook to|thanks,? your comment (?:is|has))\b.*)
    | (?-x:(?:you can (?:follow (?:any|all|this) (?:responses|comments|conversation|discussion|thread)|leave a (?:response|comment|reply|trackback)|skip to the (?:end|comments)|also (?:leave a (?:comment|response|reply)|trackback)|subscribe to (?:these|the|this) comment)|both comments and pings|follow (?:any )?(?:comments|responses) |subscribe to (?:comments|this (?:discussion|thread|comment)|follow-?up|all replies|the comments)|responses are currently closed|have a response on your own site|listed below are links to (?:we)?blogs? that|trackback (?:url|uri|link|address)|rss feed for comments|follow comments (?:here|to this)|subscribe without commenting|skip to (?:the )?(?:end|comments))\b.*)
    | (?-x:(?:please )?(?:keep|be|note|read|review|refrain|remember|observe|follow|respect|see|report|stay|avoid|do not)\b.*\b(?:comments? (?:relevant|respectful|civil|clean|on[- ]topic|short|policy|guidelines|rules|section)|our (?:\S+ ){0,3}comment(?:ing|s)? (?:policy|guidelines|rules)|commenting (?:policy|guidelines|rules)|community (?:guidelines|rules|standards) (?:before|when) (?:comment|post)ing|any (?:abusive|offensive|inappropriate) comments?)\b.*)
    | (?-x:\S+(?: \S+){0,3} (?:is|are) committed to maintaining a (?:lively|civil|respectful)\b.*|(?:we (?:encourage|welcome|reserve|moderate|ask|want|do not|don[’']t|will|may))\b.*\b(?:comments?|commenters|commenting|discussion|postings)\b.*\b(?:moderat\S*|remov\S*|delet\S*|civil|respectful|polic\S+|guidelines|abusive|offensive|not be (?:published|tolerated)|on[- ]topic|off[- ]topic)\b.*|by (?:posting|submitting|leaving) (?:a |your )?(?:comment|reply)s?\b.{0,30}\byou\b.*|if you (?:believe|see|find|spot|think)\b.*\bcomment(?:s|er)?\b.*\b(?:report|flag|abuse|guidelines|complaint|inappropriate|offensive|contact|let us know)\b.*)
    | (?-x:(?:share your (?:thoughts|views|opinion|comments|story|experiences?)|tell us what you think|let us know (?:what you think|your thoughts)|what do you think\?|got something to say\?|do you have (?:something to say|an opinion))\b.{0,20}\b(?:(?:in|using|below|via) .{0,20}(?:comments?|below|form|discussion)|join the|and join)\b.*|share your thoughts|create an account or sign in to comment|you need to be a member in order to leave a comment|i want to leave a comment directly|view (?:the )?(?:(?:entire|full|all) )?(?:comment thread|\d* ?comments?|discussion thread|thread).{0,20}|(?:start|join|continue) the (?:discussion|conversation) (?:in|on|at|about|with|below).*|(?:see|read) (?:all|the) \d* ?(?:reader )?comments?.{0,20})
    # other languages
    | (?-x:(?:deine|ihre|die) e-?mail-?adresse wird nicht\b.*|(?:erforderliche|mit \*|pflichtfelder)\b.{0,30}\b(?:felder|markiert|gekennzeichnet|sind mit)\b.*|(?:sie müssen|du musst|bitte|um|melden sie sich|zum)\b.*\b(?:angemeldet|anmelden|einloggen|eingeloggt|registrieren|an)\b.*\b(?:kommentieren|kommentar|diskutieren|schreiben|abgeben|antworten)\b.{0,30}|(?:die )?kommentar(?:e|funktion)\b.*\b(?:geschlossen|deaktiviert|moderiert|freigeschaltet|nicht möglich)\b.*|(?:benachrichtige mich|name, e-?mail|meinen namen|meine(?:n)? name|diese website verwendet akismet|kommentar via e-?mail|informiere mich|bei neuen kommentaren)\b.*)
    | (?-x:(?:votre adresse (?:e-?mail|de messagerie|courriel)|votre e-?mail) ne sera pas\b.*|(?:les )?champs obligatoires\b.*|(?:enregistrer mon nom|ce site utilise akismet|prévenez-moi|avertissez-moi|vous devez (?:être|vous)\b.*\b(?:commentaire|commenter|connect\S+))\b.*|(?:les )?commentaires (?:sont|fermés|de cet article)\b.*\b(?:fermés|modér\S*|clos|soumis)\b.*)
    | (?-x:(?:tu|su) (?:dirección de correo(?: electrónico)?|email|correo) no será\b.*|(?:los )?campos (?:obligatorios|requeridos|necesarios)\b.*|(?:guarda(?:r)? mi nombre|este sitio usa akismet|recibir un (?:email|correo)|lo siento, (?:tú )?debes estar|debes (?:estar conectado|iniciar|acceder)|notifícame|avísame)\b.*|(?:los )?comentarios (?:están|son|no)\b.*\b(?:cerrados|moderados|moderación|responsabilidad|desactivados)\b.*)
    | (?-x:o seu (?:endereço de )?e-?mail não será\b.*|campos obrigatórios\b.*|(?:salvar meus dados|guardar o meu nome|este site utiliza o? ?akismet|esse site utiliza|avise-me sobre|você precisa (?:fazer|estar))\b.*|il tuo indirizzo e-?mail non sarà\b.*|i campi obbligatori\b.*|(?:salva il mio nome|questo sito us[ao] akismet|questo sito utilizza akismet|avvertimi via|devi essere (?:connesso|loggato))\b.*)
    | (?-x:ваш (?:адрес )?e-?mail не будет\b.*|обязательные поля\b.*|(?:сохранить моё имя|чтобы (?:оставить|оставлять|комментировать|добавить)|для (?:отправки|добавления) комментари|только зарегистрированные|войдите, чтобы|этот сайт использует akismet).*|(?:لن يتم نشر|لن يُنشر) (?:عنوان )?بريدك.*|(?:الحقول الإلزامية|احفظ اسمي|يجب أنت? تكون مسجل).*)
    | (?-x:(?:您的|你的)?(?:电子)?(?:邮箱|郵件)(?:地址|位址)?(?:不会|不會)被?(?:公开|公開).*|(?:您的|你的)?電子郵件地址不會.*|(?:必填项|必填欄位|必填字段).{0,20}|(?:您|你)?(?:必须|必須|需要)(?:登录|登入).{0,20}|メールアドレスが公開されることはありません.*|が付いている欄は必須.{0,20}|コメントを(?:投稿|送信)する(?:に|前).*|次回のコメントで使用する.*|이메일 (?:주소)?[는은] 공개되지.*|필수 필드.{0,30})
    | (?-x:(?:je|uw) e-?mailadres (?:wordt|zal) niet\b.*|vereiste velden.*|twój adres e-?mail nie\b.*|wymagane pola.*|(?:e-posta hesabınız|e-posta adresiniz) yayımlanmayacak.*|gerekli alanlar.*|din e-?postadress (?:kommer|vil|blir)\b.*|obligatoriska fält.*|(?:twoj|aby|musisz się).*\b(?:zalogow\S*|komentarz)\b.*)
    )$",
);

/// Single words, which may be headings of the text: only among lines of their kind.
static WORD: Pattern = Pattern::new(
    r"^\W*(?-x:comments?|replies|responses?|trackbacks?|discussions?|discuss|report|flag|quote|commented|kommentare?|commentaires?|comentarios?|comentários?|commenti|комментарии|комментарий|コメント|reacties|komentarze|yorumlar|kommentarer|log in to reply|name|e-?mail|website|url|submit|your name|your comment|message)\W*$",
);

/// A line of the form directly under its heading or note.
static FIELD: Pattern = Pattern::new(
    r"^\W*(?-x:(?:your )?(?:name|e-?mail(?: address)?|mail|website|web ?site|url|homepage|comment|message|submit|submit comment|post|preview|nom|nombre|nome|site web|correo electrónico|web|sito web|имя|сайт|kommentar|webseite|commentaire|comentario|comentário|commento|комментарий|名前|メール|サイト|コメント|昵称|邮箱|网站|naam|reactie|imię|witryna)(?: ?\*| ?\(.{2,}\)|:)*)\W*$",
);

/// Words that are fields in one language and headings over comments in another.
static COUNTED: Pattern = Pattern::new(
    r"^\W*(?-x:comments?|repl(?:y|ies)|kommentare?|commentaires?|comentarios?|comentários?|commenti|комментари[ий]|コメント)\W*$",
);

/// The opening of a letter that answers another.
static ANSWER: Pattern =
    Pattern::new(r"^\W*in\ (?:reply|response|answer)\ to\ (?:your|his|her|their|my)\b");

/// Words of a heading over the form.
static FORM: Pattern = Pattern::new(
    r"(?-x:leave a|add a comment|post a comment|cancel reply|not be published|required fields|comment ?\*|name ?\*|e-?mail ?\*|kommentar|laisser un|deja una|deixe um|lascia un|оставить|добавить|wird nicht veröffentlicht|ne sera pas|no será|não será|non sarà|не будет|不会被公开|公開されること|コメントを残す|发表|reactie)",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    // An author asks the readers, or answers somebody's letter.
    if text.ends_with('?') && WORD.is_match(text) || ANSWER.is_match(text) {
        return;
    }
    if count <= 4 && WORD.is_match(text) {
        if text.contains('*') || beside_control(page, index) {
            cuts.line(page, index, Level::Safe);
        } else if page.in_list(index) {
            // A table or a form of another kind has such fields too.
            let field = FIELD.is_match(text) && !COUNTED.is_match(text);
            cuts.line(
                page,
                index,
                if field { Level::Balanced } else { Level::Safe },
            );
        }
    } else if (count <= 22 && CONTROL.is_match(text)) || (count <= 90 && NOTE.is_match(text)) {
        cuts.line(page, index, Level::Safe);
    }
    if count <= 40 && FORM.is_match(text) && (CONTROL.is_match(text) || NOTE.is_match(text)) {
        form_fields(page, index, cuts);
    }
}

/// True when the line before or after is surely a control or a note.
fn beside_control(page: &Page<'_>, index: usize) -> bool {
    let sure = |at: Option<usize>| {
        at.map(|i| page.text(i)).is_some_and(|text| {
            words(text) <= 40
                && !WORD.is_match(text)
                && (CONTROL.is_match(text) || NOTE.is_match(text))
        })
    };
    sure(page.prev(index)) || sure(page.next(index))
}

/// The form has at most so many fields below its heading: comment, name, address, site, buttons.
const FIELDS: usize = 8;

/// Cuts the fields below a heading or note of the form.
fn form_fields(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let mut at = index;
    for _ in 0..FIELDS {
        match page.next(at) {
            Some(next) if page.words(next) <= 6 && FIELD.is_match(page.text(next)) => {
                cuts.line(page, next, Level::Safe);
                at = next;
            }
            _ => break,
        }
    }
}
