//! What is left of a video, audio player or embed when only the text of a page is kept.

use super::page::{Cuts, Page, is_prose};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// What is left of a video, audio player or embed when only the text of a page is kept.
pub static RULE: Rule = Rule {
    name: "media-placeholder",
    category: Category::Media,
    doc: "Matches what players and embeds leave in text: 'VIDEO', 'Play video', 'Loading…', 'This video is unavailable', the controls and messages of players, 'Listen to this article', a headline followed by a running time '(2:32)' together with the label above it.

The video is not there, so the words that stood around it point at nothing.

It errs on lists of songs or episodes with their lengths, which is why a line with a running time stays when a line beside it has one too, and on pages that document a player.",
    cues: &[
        "video", "vidéo", "vídeo", "wideo", "видео", "відео", "视频", "視頻", "動画", "동영상", "فيديو", "audio", "playback", "player", "media caption", "image caption", "loading", "0:", "1:", "2:", "3:", "4:", "5:",
        "listen", "watch", "play", "podcast", "buffer", "fullscreen", "full screen", "unmute", "stream type", "captions", "subtitles", "chapters", "modal window", "dialog window", "embed", "javascript", "html5", "instagram", "a post shared by",
        "media could not be loaded", "flash", "slideshow", "slide ", "image ", "photo ", "bild ", "foto ", "gallery", "cargando", "carregando", "chargement", "caricamento", "загрузка", "laden", "yükleniyor", "جاري التحميل", "読み込み中", "加载中", "正在加载", "로딩", "ładowanie", "laddar", "laster",
        "escucha", "escuche", "écouter", "lecture", "anhören", "abspielen", "ouça", "ascolta", "lyssna", "lytt", "luister", "posłuchaj", "прослушать", "слушать", "[youtube", "[gambas:", "autoplay", "up next", "now playing", "transcript", "ljuduppspel", "afspelen", "reproducir", "reproduzir", "聴く", "听新闻", "聽新聞", "듣기", "mute",
    ],
    check,
    examples: &[
        (Level::Safe, "The mill has stood empty for a year, the council says.\n⟦VIDEO\n⟧⟦Owner of empty mill speaks to our reporter (2:32)\n⟧He wants to sell it before the winter, he told us on Monday."),
        (Level::Safe, "The mill has stood empty for a year, the council says.\n⟦VIDEO Owner says mill is 'in good shape' (12:05)\n⟧He wants to sell it before the winter, he told us on Monday."),
        (Level::Safe, "⟦Video Player is loading.\n⟧⟦Current Time 0:00\n⟧The mill has stood empty for a year."),
        (Level::Safe, "The mill has stood empty.\n⟦Your browser does not support the audio element.\n⟧Its owner wants to sell."),
        (Level::Safe, "The mill has stood empty.\n⟦This video is no longer available.\n⟧Its owner wants to sell."),
        (Level::Safe, "⟦Listen to this article\n⟧⟦4 min\n⟧The mill has stood empty for a year."),
        (Level::Safe, "⟦Загрузка...\n⟧Мельница пустует уже год."),
        (Level::Safe, "⟦正在加载…\n⟧磨坊已经空了一年。"),
        (Level::Safe, "Die Mühle steht leer.\n⟦Video abspielen\n⟧Der Besitzer will verkaufen."),
        (Level::Safe, "⟦Escucha esta nota aquí\n⟧El molino lleva un año vacío."),
        (Level::Safe, "The mill has stood empty.\n⟦View this post on Instagram\n⟧⟦A post shared by The Old Mill (@theoldmill)\n⟧Its owner wants to sell."),
    ],
    counter_examples: &[
        "Opening Song (3:12)\nThe Miller's Daughter (4:05)\nWater under the Wheel (2:58)",
        "The record begins slowly.\n1. Water under the Wheel (2:58)\nThen the drums set in and do not stop.",
        "Video games are sold on the second floor.",
        "The player loads the video when the page is opened.",
        "Watch the kettle: milk boils over faster than you think.",
        "Loading the mill takes two men half an hour.",
        "He said that the video is unavailable to the public because the court sealed it last spring.",
        "Das Laden der Säcke dauert eine halbe Stunde.",
        "The reading was from Romans.\n“All have turned away” (3:12)\nThe choir sang after it.",
    ],
};

/// Whole lines that only a player, a gallery or an embed prints.
static FIXED: Pattern = Pattern::new(
    r"^[\W_]* (?: videos? | audio | vidéo | wideo | vídeo | видео | 视频 | 動画 | فيديو
        | (?:click\ to\ |tap\ to\ )? (?:play|watch|view|start|stop|pause|replay|open|show|expand|close|embed|share|hide) \ (?:the\ |this\ |full\ )? (?:video|audio|clip|slideshow|media|media\ player|gallery|photo\ gallery|player|podcast|embed|video\ player) (?:\ (?:now|again|above|below|here|icon|button))?
        | (?:click|tap|press)\ (?:here\ )?(?:to|for)\ (?:play|watch|listen|unmute|sound|video|audio) (?:\ .{0,20})? | (?:now\ playing|playing\ now|up\ next|auto\ ?play(?:\ (?:next|on|off|next\ video))?|un-?mute|mute|replay|full\ ?screen|pause|play|skip\ ad|loading(?:\ \w+)?(?:\ \w+)?\.{2,3}|loading\ ?…?|buffering)
        | loading\ (?:video|player|comments|article|content|ad|ads|the\ player|gallery|image|images|map|poll|survey|quiz|tweet|form|audio|page|more|data|recommendations)? \.{0,3} …?
        | (?:the\ )? (?:video|audio|media) (?:\ player)? \ (?:is\ )?(?:loading|buffering|unavailable|not\ available|playback) | video\ (?:thumbnail|transcript|caption|credit|placeholder|length|duration|player|unavailable|not\ found)
        | (?:media|audio|video)\ (?:playback|player)\ (?:is\ )?(?:unsupported|not\ supported)\ on\ your\ (?:device|browser) .{0,10}
        | (?:sorry,?\ ) ? (?:we(?:'re|\ are)\ sorry,?\ )? (?:we\ apologi[sz]e,?\ but\ )? (?:this|the)\ (?:video|content|audio|clip|media|stream|live\ stream|episode|media\ file|programme|embed)\ (?:is|has|can(?:not|'t|’t|\ not)|could\ not|couldn't|couldn’t|does|isn't|isn’t|was)\ (?:\w+\ ){0,3}(?:unavailable|available|expired|failed|played|loaded|be\ played|be\ loaded|be\ displayed|exist|removed|private|supported) .*
        | the\ media\ could\ not\ be\ loaded .* | try\ refreshing\ your\ browser.* | tap\ here\ to\ see\ other\ videos\ from\ our\ team .{0,5}
        | (?:your|this|the)\ (?:browser|device|version|web\ browser)\ (?:does\ not|doesn't|doesn’t|is\ not|may\ not|can't|cannot) .* (?:video|audio|iframe|html5|html|javascript|tag|element|embed|frames|player|format|media).*
        | (?:to\ (?:view|play|watch|see|hear|use)\ (?:this|the)\ (?:video|content|audio|media|clip|page|site|map|slideshow) .{0,20} (?:please\ )?(?:enable|upgrade|install|you\ (?:need|must|will)) .*)
        | (?:please\ )?(?:enable|turn\ on|activate|switch\ on)\ javascript .* | you\ (?:need|must|have)\ (?:to\ )?(?:have\ |enable\ )?(?:javascript|the\ flash|flash|adobe\ flash) .*
        | javascript\ (?:is|must\ be|needs\ to\ be|appears\ to\ be|has\ been)\ (?:currently\ )?(?:disabled|required|enabled|turned\ off|not\ enabled|not\ available|switched\ off) (?:\.|$|\ (?:in|on)\ your\b.*|.*\ (?:please|to\ (?:use|view|run|see|play|combat|access|enjoy|post|comment)|for\ this)\b.*) | (?:this|the)\ (?:site|page|website|feature|form|application|app|video|slideshow|content|game|map)\ (?:requires|needs|works\ best\ with)\ (?:javascript|flash|adobe\ flash|html5|cookies\ and\ javascript) .*
        | (?:current|remaining|duration|elapsed|total)\ ?(?:time|length)? \s? -? \d{1,2}:\d\d (?::\d\d)? (?:\ ?/\ ?-?\d{1,2}:\d\d(?::\d\d)?)? | (?:\d{1,2}:)?\d{1,2}:\d\d \s?[/|]\s? (?:\d{1,2}:)?\d{1,2}:\d\d | 0?0:00 | loaded:\ \d.{0,10} | progress:\ \d.{0,10} | stream\ type:?\ (?:live|vod).{0,3} | playback\ (?:rate|speed).{0,10} | picture-in-picture
        | seek\ to\ live,?\ currently.* | (?:chapters|descriptions|captions|subtitles)(?:\ off)?,?\ (?:selected|settings|off).* | default,\ selected | descriptions\ off.{0,20} | captions\ settings.* | opens\ captions\ settings.{0,20} | this\ is\ a\ modal\ window\..* | beginning\ of\ dialog\ window\..* | end\ of\ dialog\ window\.? | text\ ?color.* | close\ modal\ dialog | audio\ track | no\ compatible\ source.*
        | (?:listen|hear|listen\ now|listen\ live)\ (?:to\ )?(?:this|the|full|an\ audio)\ (?:article|story|post|episode|interview|podcast|report|audio|version|column|page|show|piece).* | listen\ (?:·|•|-|–|\()\ ?\d.{0,12} | listen\ now.{0,12} | listen | (?:this\ (?:article|story)\ is\ (?:also\ )?(?:read|voiced)|(?:this|the)\ audio\ (?:is|was|version|recording)|audio\ (?:is|was))\b .* \b(?:automated|generated|auto-generated|ai|voice)\b .* | 0:00\ ?/\ ?\d.{0,8}
        | (?:watch|see|play|view)\ (?:the\ )?(?:video|full\ video|clip|full\ interview|full\ episode|trailer|film|footage)\ (?:above|below|here|at\ the\ top)[^.]{0,24} | (?:see|view|watch)\ (?:more\ )?(?:photos|videos|images|pictures|slideshow)\ (?:above|below|here)?.{0,20}
        | view\ (?:this\ (?:post|profile|photo|reel)|more|post)\ on\ (?:instagram|facebook|twitter|x|threads|tiktok|bluesky|youtube|imgur) | a\ (?:post|photo|video|reel)\ (?:shared|posted)\ by\ .{2,} | (?:see|view|read)\ (?:the\ )?(?:original\ )?(?:tweet|post|thread|embed)\ (?:on|at)\ (?:twitter|x|facebook|instagram).{0,12} | embed\ from\ getty\ images | embedded\ (?:content|video|media|tweet|post|from\ .*) | (?:external|embedded|social\ media)\ (?:content|embed|post) | content\ from\ (?:twitter|instagram|facebook|youtube|tiktok)
        | media\ caption | image\ caption | (?:image|photo|slide|picture|bild|foto|imagen|kuva|wideo|video|zdjęcie|zdj\.)\ ?\d{1,3}\ ?(?:of|/|von|av|de|di|sur|z|/\ )\ ?\d{1,3} | \d{1,3}\ of\ \d{1,3}\ (?:photos|images|slides) | (?:next|previous)\ (?:slide|image|photo|video) | (?:view|open|see|launch|start|enter)\ (?:the\ )?(?:image|photo|picture|full)?\ ?(?:gallery|slideshow|slide\ show).{0,12}
        | \[(?:youtube|vimeo|video|audio|embed|gambas:|soundcloud|gallery)\b [^\]]* \] | view\ video | watch\ video | play\ video | watch\ now | watch\ on\ youtube | video\ via\ youtube
        ) [\W_]* $",
);

/// The same in other languages.
static ABROAD: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:das\ )?video\ (?:wird\ geladen|abspielen|ansehen|starten|anzeigen|konnte\ nicht\ .{3,}|nicht\ verfügbar) | wird\ geladen | (?:inhalt|inhalte|seite|artikel|player)\ (?:wird|werden)\ geladen | (?:artikel|beitrag|text)\ (?:anhören|vorlesen\ lassen).{0,20} | anhören | audio\ abspielen | (?:dieses\ video|dieser\ inhalt)\ ist\ (?:leider\ )?nicht\ (?:mehr\ )?verfügbar.* | (?:empfohlener|externer)\ (?:redaktioneller\ )?inhalt | ihr\ browser\ unterstützt\ .{3,} | bitte\ (?:aktivieren\ sie\ )?javascript.*
        | cargando(?:\ (?:el\ )?(?:video|reproductor|contenido|comentarios))? | (?:ver|reproducir|mira|escucha[r]?)\ (?:el\ |este\ )?(?:video|vídeo|audio|podcast) | escuch[ae]r?\ (?:esta\ (?:nota|noticia|historia)|este\ artículo|la\ nota|el\ artículo)(?:\ aquí)? | (?:este\ )?(?:video|vídeo)\ no\ (?:está\ )?disponible.* | tu\ (?:navegador|suscripción)\ no\ soporta.*
        | carregando(?:\ (?:o\ )?(?:vídeo|player|conteúdo))? | (?:ouça|ouvir|assista|assistir|reproduzir)\ (?:a\ |o\ )?(?:este\ |esta\ )?(?:artigo|notícia|vídeo|reportagem|conteúdo|áudio|matéria|podcast).{0,16}
        | chargement(?:\ en\ cours|\ du\ lecteur.{0,10}|\ de\ la\ vidéo)? | (?:lire|voir|regarder|lancer)\ (?:la\ )?(?:vidéo|lecture) | (?:écouter|lire)\ (?:cet?\ article|l['’]article|le\ podcast|l['’]audio).{0,20} | durée\ de\ l['’]audio.{0,8} | votre\ navigateur\ ne\ (?:supporte|prend).{3,} | cette\ vidéo\ n['’]est\ (?:plus|pas)\ disponible.{0,20}
        | caricamento(?:\ in\ corso|\ (?:del\ )?(?:video|player).{0,10})? | ascolta\ (?:l['’]articolo|l['’]audio|il\ podcast|la\ versione\ audio.{0,20}) | guarda\ il\ video | riproduci\ video
        | загрузка | (?:смотреть|воспроизвести|смотрите|посмотреть)\ видео | (?:прослушать|слушать)\ (?:новость|статью|подкаст|аудио) | (?:видео|ролик)\ недоступно | ваш\ браузер\ не\ поддерживает.{3,} | завантаження | (?:слухати|дивитися)\ (?:новину|статтю|відео)
        | laden | (?:video|audio)\ (?:wordt\ geladen|afspelen|niet\ beschikbaar|bekijken) | luister\ (?:naar\ )?(?:dit\ artikel|het\ artikel).{0,10} | ładowanie | (?:odtwórz|obejrzyj|zobacz)\ (?:film|wideo|wideo) | posłuchaj\ (?:artykułu|tekstu|podcastu) | laddar | (?:lyssna\ på|spela\ upp|se)\ (?:artikeln|artikel|videon|klippet|avsnittet).{0,10} | ljuduppspelningen\ är\ .* | laster(?:\ inn)? | lytt\ til\ (?:saken|artikkelen) | yükleniyor | (?:videoyu|haberi)\ (?:izle|dinle|oynat) | načítání
        | جاري\ التحميل | جار\ التحميل | شاهد\ الفيديو | استمع\ (?:إلى\ )?(?:المقال|الخبر) | در\ حال\ بارگذاری | 読み込み中(?:です)? | (?:動画|音声)を(?:再生|見る|聴く).{0,6} | この(?:動画|記事)を(?:再生|聴く|聞く) | 加载中 | 正在加载.{0,6} | 載入中 | 您的浏览器不支持.{2,20} | 您的瀏覽器不支援.{2,20} | (?:播放|观看|觀看)(?:视频|影片|視頻) | (?:听|聽|语音播报|朗读)(?:新闻|新聞|文章) | 로딩\ ?중.{0,4} | (?:기사|뉴스)\ ?듣기 | 동영상\ ?(?:재생|보기)
        ) [\W_]* $",
);

/// A headline with a running time, as link to a video: the words, then `(2:32)`.
static TIMED: Pattern =
    Pattern::new(r"^\S.{8,} [^.!?:;,\s] \s? \( (?:[0-5]?\d:)? [0-5]?\d : [0-5]\d \) $");

/// The label that makes sure a headline with a running time is a video.
static LABEL: Pattern = Pattern::new(
    r"^ (?: watch | video | play | listen | audio | vidéo | vídeo | видео ) \b [:\s|–-]* ",
);

/// Opens a caption; the caption itself stays.
static CAPTION: Pattern = Pattern::new(r"^(?P<cut>(?:media|image|video)\ caption,?:?\ )\S");

/// `4 min`, `12 mins listen`: only beside a listening prompt.
static MINUTES: Pattern = Pattern::new(
    r"^[(\[·•-]? \s? \d{1,3} (?::\d\d)? \s? (?:min|mins|minutes|minuten)? [.)\]]? (?:\ listen)? $",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() > 600 || page.words(index) > 45 {
        return;
    }
    if FIXED.is_match(text) || ABROAD.is_match(text) {
        // One word above prose may be a heading.
        let heads =
            page.words(index) == 1 && page.next(index).is_some_and(|i| is_prose(page.text(i)));
        let level = if text.ends_with(':') || heads {
            Level::Balanced
        } else {
            Level::Safe
        };
        cuts.line(page, index, level);
        if text.to_lowercase().starts_with("listen to")
            && let Some(next) = page.next(index)
            && MINUTES.is_match(page.text(next))
        {
            cuts.line(page, next, Level::Safe);
        }
    } else if TIMED.is_match(text) {
        timed(page, index, cuts);
    } else if let Some(label) = CAPTION.cut(text) {
        cuts.caption(index);
        cuts.part(page, index, label, Level::Safe);
    }
}

/// A running time is evidence only when no neighbour has one too (a list of songs), and the line is no list item or quotation.
fn timed(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if LABEL.is_match(text) {
        return cuts.line(page, index, Level::Safe);
    }
    let before = page.prev(index);
    if before.is_some_and(|i| LABEL.is_match(page.text(i)) && page.words(i) <= 2) {
        return cuts.line(page, index, Level::Safe);
    }
    let item = text.starts_with(|c: char| !c.is_alphabetic() && !"'‘’".contains(c));
    let neighbours = [before, page.next(index)];
    let alone = neighbours
        .iter()
        .flatten()
        .all(|&i| !page.text(i).contains(':') || is_prose(page.text(i)));
    let in_prose = neighbours.iter().flatten().any(|&i| is_prose(page.text(i)));
    if !item && alone && page.words(index) >= 5 {
        let level = if in_prose {
            Level::Safe
        } else {
            Level::Balanced
        };
        cuts.line(page, index, level);
    }
}
