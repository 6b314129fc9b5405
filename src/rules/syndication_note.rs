//! Notes on where a text was first published, and by whom it was produced.

use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Notes on where a text was first published, and by whom it was produced.
pub static RULE: Rule = Rule {
    name: "syndication-note",
    category: Category::Credit,
    doc: "Matches the note of an editor that a text comes from elsewhere: 'This article was originally published by …', 'This story was produced by …', 'First published in …', 'Republished with permission', with or without 'Editor's note:' before it.

It speaks about the copy on this site, in words that all republished texts share.

It errs on texts about the history of a book or a paper; without 'Editor's note' such a line falls only near the start or the end of the text, and a note that goes on to tell more stays.",
    cues: &[
        "originally published", "originally appeared", "originally posted", "originally written", "originally ran", "first published", "first appeared", "first posted", "was published", "was produced", "is produced by", "was provided by", "was written by", "was reported by", "cross-posted", "crossposted", "cross posted", "republished", "reprinted", "reposted", "syndicated", "adapted from", "excerpted from", "original article", "original post", "read the original", "appeared first on", "appeared in", "is part of a", "reproduced with", "in partnership with", "used with permission", "with permission from", "by permission of", "this article is from",
        "erschien zuerst", "zuerst erschienen", "zuerst veröffentlicht", "ursprünglich", "originalartikel", "erstmals erschienen", "initialement", "paru dans", "publié dans", "publié sur", "publicado originalmente", "publicado en", "originalmente", "fue publicado", "foi publicado", "artículo original", "pubblicato originariamente", "originariamente", "оригинал статьи", "оригинал публикации", "впервые опубликован", "перепечатано", "oorspronkelijk", "verscheen eerder", "pierwotnie", "ursprungligen", "aslen",
        "本文首发", "本文转载", "本文轉載", "原文链接", "原文連結", "原文刊", "转载自", "轉載自", "本文来源", "本文来自", "初出", "転載", "に掲載された", "نشر هذا المقال", "نقلا عن", "المقال الأصلي", "opublikowano",
    ],
    check,
    examples: &[
        (Level::Safe, "⟦Editor’s Note: This article was originally published by The Weekly Miller.\n⟧The mill was sold on Friday."),
        (Level::Balanced, "The mill was sold on Friday.\n⟦This story was produced by The Weekly Miller and reviewed by its partner.⟧"),
        (Level::Safe, "The mill was sold on Friday.\n⟦First published at The Weekly Miller.⟧"),
        (Level::Safe, "The mill was sold on Friday.\n⟦Republished with permission from The Weekly Miller.⟧"),
        (Level::Safe, "The mill was sold on Friday.\n⟦The post Old Mill Sold appeared first on The Weekly Miller.⟧"),
        (Level::Safe, "Die Mühle wurde am Freitag verkauft.\n⟦Dieser Beitrag erschien zuerst in der Müllerzeitung.⟧"),
        (Level::Safe, "El molino fue vendido el viernes.\n⟦Este artículo fue publicado originalmente en El Molinero.⟧"),
        (Level::Safe, "Le moulin a été vendu vendredi.\n⟦Cet article a été initialement publié dans Le Meunier.⟧"),
        (Level::Safe, "磨坊星期五卖掉了。\n⟦本文转载自《磨坊周报》⟧"),
        (Level::Safe, "Мельница продана в пятницу.\n⟦Оригинал статьи опубликован в газете «Мельник»⟧"),
    ],
    counter_examples: &[
        "The novel was originally published in three volumes and sold badly until the author's death.",
        "Editor's note: The mill on the east bank, which this report describes, burnt down in May; its owner has since moved to the coast.",
        "This article was published after a long quarrel, and its author lost his post for it the same week.",
        "First published poets get a small prize and a dinner at the mill.",
        "The story was written by a miller's daughter who never saw the sea.",
        "The mill was sold on Friday.\nexcerpted from a letter I sent to my sister last year",
        "The mill was sold on Friday.\nAdapted from _The Mills of the Valley_, by Ellen Marsh.",
        "Das Buch erschien zuerst in Leipzig und wurde bald verboten.",
        "La novela fue publicada en 1912 y se vendió mal.",
    ],
};

/// What a note says of the text it stands under.
static NOTE: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:editor(?:['’]?s|s['’])?|publisher['’]?s|ed\.?)\ note\ ?[:.–—-]*\ ? )? (?:\W* note:\ )?
        (?: (?:a\ (?:longer\ |shorter\ |modified\ |previous\ |similar\ )?version\ of\ )? (?:this|the\ following|the\ above) \ (?:\w+\ ){0,2} (?:article|story|post|piece|essay|column|report|op-?ed|interview|excerpt|commentary|review|text|content|analysis|blog|paper|dispatch|item|speech|editorial|opinion|feature|transcript|podcast|entry|press\ release|news\ release|investigation|recipe|chapter|article\ is|version)
            (?:\ by\ (?-i:\p{Lu})\S*(?:\ (?-i:\p{Lu})\S*){0,3})? ,? \ (?:was|is|has\ been|has|have\ been|were|had|also|being)? \ ? (?:also\ |been\ |being\ |recently\ |jointly\ |co-?|re-?)* 
            (?:originally|first|initially|previously|re)? \ ?
            (?:(?:re)?published|appeared|(?:re)?posted|produced|(?:re)?printed|provided|syndicated|republished|reprinted|reproduced|adapted|excerpted|cross-?posted|distributed|supplied|commissioned|ran|written|reported|created|part\ of\ an?|made\ possible|presented)\b (?: \W*$ | ,?\ (?:by|on|in|at|with|from|as|for|through|under|here|via|to|and|using|january|february|march|april|may|june|july|august|september|october|november|december|\d|(?-i:\p{Lu})) )
          | (?:originally|first|initially|previously)\ (?:(?:published|appeared|printed|ran|written)\ by | (?:published|appeared|posted|printed|ran|written)\ (?:on|in|at|as|from|with|for|under|here|to|\w+\ \d|\d))
          | (?:republished|reprinted|reproduced|reposted|cross-?posted|crossposted|syndicated|excerpted|adapted|re-?published|posted|published|used)\ (?:\w+\ )?(?:here\ )?(?:with\ (?:the\ )?(?:kind\ )?permission|by\ permission|under\ (?:a\ )?(?:creative|cc|licen)|from|courtesy|via|at|in\ partnership)
          | (?:this|the)\ (?:article|post|story)?\ ?.*\bappeared\ first\ (?:on|in|at)\b
          | (?:read|see|view|find)\ the\ (?:full\ )?original\ (?:article|post|story|version|piece|text)(?:\ (?:here|on|at|in).*)?\.?$ | original\ (?:article|post|story|source|text|publication)\ ?(?::|here|can\ be\ found|at|by|published|appeared).*
          | .*\bprovided\ the\ content\ for\ this\ .* )",
);

/// The same in other languages.
static ABROAD: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:anm(?:erkung|\.)\ der\ red(?:aktion|\.)\ ?:?\ )? (?:dieser|diese|der|dies)\ (?:artikel|beitrag|text|kommentar|bericht|inhalt|interview|meldung|essay)\ .* (?:zuerst|ursprünglich|erstmals|im\ original)\b.* | (?:zuerst|ursprünglich|erstmals)\ (?:erschienen|veröffentlicht)\ (?:in|bei|auf|am|im|unter).*
        | (?:cet|cette|ce)\ (?:article|texte|tribune|billet|contenu|entretien)\ (?:a\ (?:d['’]abord\ )?été|est|a)\ (?:initialement|d['’]abord|originellement|originalement|publiée?|republié|paru|repris)\ .* | (?:publié|paru)\ (?:initialement|à\ l['’]origine|d['’]abord)\ .*
        | (?:este|esta|el\ presente)\ (?:artículo|texto|nota|contenido|columna|entrada|reportaje)\ (?:se\ |fue\ |ha\ sido\ )?(?:publicad[oa]|publicó|apareció|originalmente)\ (?:originalmente\ |por\ primera\ vez\ |inicialmente\ )?.* | (?:publicado|publicada)\ (?:originalmente|por\ primera\ vez|inicialmente)\ .*
        | (?:este|esta)\ (?:artigo|texto|matéria|conteúdo|reportagem|coluna)\ (?:foi\ )?(?:originalmente\ |publicad[oa]\ ).* | (?:questo|il\ presente)\ (?:articolo|testo|post|contenuto)\ (?:è\ )?(?:stato\ |apparso\ )?(?:originariamente\ |pubblicato\ |uscito\ |tratto\ ).*
        | (?:оригинал\ (?:статьи|публикации|материала|текста)|(?:статья|материал|текст)\ (?:был[а]?\ )?(?:впервые\ )?(?:опубликован[а]?|перепечатан[а]?)|впервые\ опубликован|перепечатано\ (?:из|с)|опубликован[оа]?\ в\ газете)\b.*
        | (?:dit|deze)\ (?:artikel|stuk|verhaal|bijdrage|column)\ (?:is\ |verscheen\ |werd\ )(?:oorspronkelijk|eerder|eerst)\ .* | (?:artykuł|tekst)\ (?:został\ )?(?:pierwotnie|po\ raz\ pierwszy)\ .* | (?:artikeln|texten)\ (?:är\ |publicerades\ )?(?:ursprungligen|först)\ .*
        | (?:本文|原文|文章|此文|本稿)\s?(?:首发于|首發於|转载自|轉載自|转自|原载|刊于|刊登于|刊登於|原刊|来源于|来自|刊发于|系|链接|連結|出处|來源|为转载)\s?.* | (?:转载自|轉載自|转自|原文链接|原文連結|原文鏈接|原文标题)\s?[:：]?\s?\S.* | (?:※|＊)?(?:この|本)記事は.*(?:転載|掲載された|提供|翻訳・編集).* | (?:初出|元記事|転載元|原文)\s?[:：=]\s?\S.*
        | (?:نشر|نُشر)\ (?:هذا\ )?(?:المقال|التقرير)\ .* | نقلا?ً?\ عن\ .{2,} $ | المقال\ الأصلي.* ) $",
);

/// Says where a piece of another text is from.
static EXCERPT: Pattern = Pattern::new(r"^[\W_]*(?:excerpted|adapted)\ from\b");

/// Opens a note of the editor.
static EDITOR: Pattern = Pattern::new(
    r"^[\W_]*(?:editor(?:['’]?s|s['’])?|ed\.?|publisher['’]?s|anm(?:erkung|\.)\ der\ red)\b",
);

/// What feeds print under an entry.
static FEED: Pattern = Pattern::new(r"^the\ (?:post|article)\ .*\bappeared\ first\ on\b");

/// True for a note that is surely not by the author: one in another language, or one of a few words.
fn is_plain(text: &str) -> bool {
    words(text) <= 8 && !text.starts_with('(') || ABROAD.is_match(text) || FEED.is_match(text)
}

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if count > 60 || count < 3 && text.is_ascii() || !(NOTE.is_match(text) || ABROAD.is_match(text))
    {
        return;
    }
    let editor = EDITOR.is_match(text);
    // A note is short, or it goes on to tell something.
    let limit = if editor { 50 } else { 40 };
    if count > limit {
        return;
    }
    let edge = page.lines_before(index, 5) < 5 || page.prose_after(index, 12) <= 2;
    // When a text was brought up to date, readers of it may want to know.
    let update = text.contains("updated");
    // An excerpt or an adaptation is a reference, and authors say so of their own letters.
    let excerpt = EXCERPT.is_match(text);
    let level = if excerpt && !editor {
        Level::Aggressive
    } else if !update && (editor && count <= 16 || edge && count <= 14 && is_plain(text)) {
        Level::Safe
    } else {
        Level::Balanced
    };
    cuts.line(page, index, level);
}
