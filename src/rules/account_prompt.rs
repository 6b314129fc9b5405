//! Login, registration and account menus.

use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Login, registration and account menus.
pub static RULE: Rule = Rule {
    name: "account-prompt",
    category: Category::Account,
    doc: "Matches the links, fields and messages by which a reader logs in, registers or manages an account, the basket and the \
orders of a shop among them, and sentences that ask the reader to do so.

They belong to the site's machinery, are the same on all its pages and name no subject.

It errs on help pages about logging in, where a step of the instructions has the wording of a button; such steps are longer \
than the lines matched, as a rule. Reports about accounts, passwords and members stay.",
    cues: &[
        "log in",
        "login",
        "log-in",
        "log into",
        "logged in",
        "log out",
        "logout",
        "logged out",
        "sign in",
        "signin",
        "sign-in",
        "sign into",
        "sign out",
        "signed in",
        "sign up",
        "signup",
        "register",
        "registration",
        "account",
        "password",
        "username",
        "user name",
        "remember me",
        "become a member",
        "join now",
        "join us",
        "join today",
        "join free",
        "join here",
        "member center",
        "member centre",
        "member benefits",
        "member services",
        "member area",
        "membership",
        "continue with",
        "shared computers",
        "profile",
        "save this story",
        "member login",
        "members",
        "my profile",
        "your profile",
        "anmelden",
        "anmeldung",
        "einloggen",
        "registrier",
        "abmelden",
        "konto",
        "passwort",
        "kennwort",
        "connexion",
        "connecter",
        "connecté",
        "déconnexion",
        "compte",
        "mot de passe",
        "s'inscrire",
        "s’inscrire",
        "iniciar sesión",
        "inicia sesión",
        "cerrar sesión",
        "cuenta",
        "contraseña",
        "regístr",
        "registrar",
        "entrar",
        "conta",
        "senha",
        "cadastr",
        "accedi",
        "accesso",
        "registrati",
        "войти",
        "вход",
        "регистрац",
        "зарегистр",
        "пароль",
        "кабинет",
        "تسجيل",
        "كلمة المرور",
        "حساب",
        "登录",
        "登入",
        "注册",
        "註冊",
        "密码",
        "密碼",
        "ログイン",
        "会員登録",
        "新規登録",
        "パスワード",
        "inloggen",
        "aanmelden",
        "wachtwoord",
        "zaloguj",
        "logowanie",
        "zarejestruj",
        "hasło",
        "giriş",
        "üye ol",
        "şifre",
        "logga in",
        "logg inn",
        "log ind",
        "로그인",
        "회원가입",
        "비밀번호",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "⟦Log in / Register\nForgot your password?\nMy account\n⟧The dam holds nine million cubic metres.",
        ),
        (
            Level::Safe,
            "The dam holds nine million cubic metres.\n⟦Already have an account? Sign in\nDon't have an account? Create one\nRemember me\n⟧",
        ),
        (
            Level::Safe,
            "The dam holds nine million cubic metres.\n⟦Please sign in or create a free account to save this page to your profile.\nYou are not logged in.\n⟧",
        ),
        (
            Level::Safe,
            "Der Damm wurde 1931 gebaut.\n⟦Jetzt registrieren\nPasswort vergessen?\n⟧Le barrage date de 1931.\n⟦Se connecter\nMot de passe oublié ?\n⟧La presa es de 1931.\n⟦Iniciar sesión\n¿Olvidaste tu contraseña?\n⟧",
        ),
        (
            Level::Safe,
            "A barragem é de 1931.\n⟦Esqueceu a senha?\nCriar conta\n⟧La diga è del 1931.\n⟦Accedi o registrati\n⟧Плотину построили в 1931 году.\n⟦Забыли пароль?\nВойти\n⟧大坝建于1931年。\n⟦忘记密码？\n登录\n⟧ダムは1931年にできた。\n⟦新規会員登録\nログイン\n⟧بني السد عام 1931.\n⟦تسجيل الدخول\nنسيت كلمة المرور؟\n⟧",
        ),
    ],
    counter_examples: &[
        "Register of ships lost in the bay\nThe register lists eleven ships by name and year.",
        "Members of the choir meet on Tuesdays; become a member and you may sing with them, says its leader.",
        "If you don't have an account with the registry, you will need to create one before you upload the package.\nSign in to the console and choose a region.",
        "Register to vote by the tenth of October.\nYou must be registered to vote in the county.",
        "Um die Mauer herum kamen sie an, zu spät oder nicht zahlreich genug.",
        "Debes mezclar la harina para que no queden grumos.\nVous devez marcher une heure pour voir le lac.\nEntre a serra e o mar há uma estrada para carros.",
        "New Order\nCustomer profile\nNot here.\nNew customers",
        "Connected to the harbour office, server ready.\nName (office:ellen): anonymous\nPassword:\n> cd /tides\n> get april",
        "Password manager\nAccount management and user rights are handled by the server.",
        "To log in, open the console, type your user name and press the return key twice.",
        "The attackers had guessed the password of an administrator.",
        "By his own account, he was at home that night.",
        "The bank closed the account after the police had asked for it.",
        "Die Anmeldung zum Lauf ist bis Freitag möglich; das Startgeld beträgt zwölf Euro.",
        "He was asked to sign in at the gate and to leave his phone there.",
    ],
};

/// Links, fields and messages that can be nothing else: the whole line.
static LINK: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:(?:please |quick |member |user |subscriber |client |customer |staff |account |partner |existing user\W* |new user\W* |already (?:a )?(?:member|subscriber|registered|subscribed|have an account|on \S+|have a \S+\.com account)\W* |returning (?:user|customer|member)\W* |welcome\W* |not a member( yet)?\W* |have an account\W* |or |click here to |click to |join the conversation\W* |you are not |you need to |be the first\W* )*(?:log[- ]?in|sign[- ]?in|log[- ]?out|sign[- ]?out|sign[- ]?up|sign on|log ?off|register|registration|join|join us|join now|join free|subscribe|create (?:a |an |my |your |new |free )*(?:account|profile|login)|create one)(?: (?:now|here|today|free|for free|to (?:your|my|the|our) (?:account|site|profile|dashboard)|to continue|to save|with (?:facebook|google|apple|twitter|linkedin|e-?mail|your \S+(?: \S+)?|\S+)|using (?:facebook|google|\S+)|as (?:a|an) \S+|form|page|help|problems|via \S+|using your \S+ \S+|name|id|status))*\W*)+(?:cart|menu|search|help|account|contact(?: us)?|my account|home|personalize your experience|rss|newsletters?|basket|about|close|welcome|e-?mail|privacy|subscribe|donate|faq|book demo|checkout)?(?:\W*\(?\d+\)?)?)
    | (?-x:(?:i )?(?:forgot|forgotten|lost|reset|change|recover|request(?: a)? new|retrieve|don[’']t know|show|hide|enter|confirm|re-?enter|repeat|new|current|your|choose a|create a|set(?: a)?)(?: (?:your|my|the|a|new|username|user name|user ?id|login|e-?mail|or|and|/|your username or|account))* ?(?:password|username|passcode|login details|log-?in details|user id)s?(?: (?:reset|recovery|reminder|or username|help|here|assistance|or user ?name))*(?:\W*(?:click here|reset it|reset (?:it )?here|remind me|no problem))?|(?:user ?name|user id|login name|e-?mail(?: address)?|member id|screen name)(?:\W*(?:or|and|/|e-?mail|address|password|username))+|username|user ?name|password(?: strength| \*| \(?required\)?)?|password\W*forgot(?: \S+)?|remember (?:me|my (?:login|password|id|e-?mail|username|id and password))(?: (?:on this (?:computer|device|browser)|next time|for \S+ \S+|later))*|keep me (?:logged|signed) in(?: \S+){0,4}|stay (?:logged|signed) in|not recommended on shared computers)
    | (?-x:(?:my|your|manage(?: my| your)?|view(?: my| your)?|edit(?: my| your)?|update(?: my| your)?|delete|go to(?: my)?|access(?: my)?|open (?:a|an|your)|verify(?: your)?|sign up for an?|get (?:a |an |your )?(?:free )?|create (?:a |an |my |your )?(?:free |new )?|register (?:a )?new |activate (?:your |my )?(?:digital |online )?) ?(?:account|profile|dashboard|wish ?list|saved (?:items|articles|stories|searches)|subscriptions?(?: account)?|orders?|bag|cart|basket|membership|login)(?: (?:settings|details|information|info|profile|preferences|login|management|options|overview|sign in|log ?in|here|now|today|menu|\(\d+\)|\d+))*|(?:new|free|existing|customer|user|online|member|guest) (?:account|login)(?: (?:menu|login|details))?|account (?:settings|login|log ?in|sign ?in|profile|preferences|overview|menu|home|log out|dashboard)|(?:edit|view|my|your|update) (?:my |your )?profile(?:\W*sign out)?|my (?:offers|bookmarks|subscriptions?|favou?rites|downloads|purchases|orders|settings|messages))
    | (?-x:(?:already|not yet|not|are you|new|existing|have|don[’']t have|do you have|do not have|no|need|want|got|returning|first time)(?: (?:you|a|an|here|yet|already|our|to|on|the))* ?(?:account|member|subscriber|registered(?: user)?|user|customer|customers|users|visitor|logged in|signed in|signed up|subscribed|login)(?: (?:here|yet|already))*(?:\?+|\?*\W+(?:please |click here to |click |why not )?(?:log ?in|sign ?in|sign ?up|register|create (?:one|an account|a free account|account|your account)|join|subscribe|click here|get (?:one|started)|activate|here|now|today|free|for free|it[’']s free|or|start here|log in now)\b)(?:\W*(?:please |click here to |click )?(?:log ?in|sign ?in|sign ?up|register|create (?:one|an account|a free account|account|your account)|join|subscribe|click here|activate|here|now|today|free|for free|or)\b)*)
    | (?-x:(?:you are|you[’']re|welcome,?|hello,?|hi,?|logged|signed)(?: (?:currently|not|now|already|back|guest|visitor|logged|signed|in|out|as|guest user|user|please|to|a|an|nobody|or|sign|log|register|login|,|!|\||you))*(?:\W*(?:log ?in|sign ?in|register|log ?out|sign ?out|sign ?up|login|my account|subscribe|create an account)\W*)+|you are (?:not |currently not |already |now )?(?:logged|signed) (?:in|out)(?: as .{1,30})?|welcome,? (?:guest|visitor)(?:\W*(?:log ?in|sign ?in|register|please login|or)\W*)*|logged in as .+|you are (?:currently )?signed in as.{0,30})
    | (?-x:become (?:a )?(?:\S+ )?(?:member|insider|subscriber)(?: (?:today|now|here|for free|of \S+(?: \S+)?))*|member(?:ship|s)? (?:login|log ?in|sign ?in|area|only|center|centre|benefits|services|portal|access)|membership options|(?:join|register|enroll|sign up)(?: (?:now|today|free|for free|here|us|us today|for an account|a new account|online))+|(?:log ?in|sign ?in|continue|connect|sign ?up|register) (?:with|using|via|through) (?:your )?(?:\S+ )?(?:facebook|google|twitter|apple|linkedin|e-?mail|yahoo!?|openid|typekey|typepad|microsoft|github|sso|phone|institution|shibboleth|athens)\b.{0,30}|(?:log in|sign in) to (?:check out faster|customize your list|your account|view|see)\b.{0,30}|sign up or log in to customize your list|(?:check|creating) your account|thank you for registering|verify your e-?mail|registration (?:is|on) .*(?:free|required)|register (?:for|to) (?:free|read|access|continue|unlock|this site|an account|our site|receive|comment|view|download)\b.*)
    # other languages
    | (?-x:(?:(?:jetzt|hier|neu|kostenlos|bitte|mein|mit|zum|zur|bereits|noch kein|mitglied|abonnent|benutzer|kunden) ?)*(?:anmelden|anmeldung|einloggen|login|log-in|registrieren|registrierung|abmelden|ausloggen|logout|konto|mein konto|kundenkonto|konto erstellen|konto anlegen|benutzerkonto|passwort|passwort vergessen|kennwort vergessen|kennwort|benutzername|angemeldet bleiben|eingeloggt bleiben|benutzer|account erstellen|noch nicht registriert|noch kein konto|mein profil|profil bearbeiten|zugangsdaten vergessen)(?:\W*(?:anmelden|login|registrieren|einloggen|oder|und|hier|jetzt|mein konto|abmelden|vergessen|/|kostenlos|abonnieren))*)
    | (?-x:(?:se connecter|connexion|s[’']identifier|identifiez[- ]vous|connectez[- ]vous|se déconnecter|déconnexion|s[’']inscrire|inscription|créer (?:un|mon|votre) compte|mon compte|mon profil|votre compte|espace (?:abonnés?|client|personnel|membre)|mot de passe(?: oublié)?|identifiant|(?:vous (?:êtes|n[’']êtes|avez) )?(?:déjà|pas encore) (?:inscrit|abonné|membre|un compte)|se souvenir de moi|rester connecté|mot de passe perdu)(?:\W*(?:s[’']inscrire|connexion|se connecter|connectez[- ]vous|ou|créer un compte|identifiez[- ]vous|inscription|inscrivez-vous))*)
    | (?-x:(?:iniciar? sesión|inicio de sesión|cerrar sesión|acceder|accede|ingresar|ingresa|entrar|registrarse|regístrate|regístrese|registro|crear (?:una )?cuenta|crea tu cuenta|mi cuenta|mi perfil|(?:has olvidado|olvidaste|olvidó|recuperar|recordar)(?: (?:tu|su|mi|la))* contraseña|contraseña|nombre de usuario|recuérdame|recordarme|ya (?:tengo|tienes) (?:una )?cuenta|¿ya eres (?:usuario|suscriptor|miembro)|no tengo cuenta|¿no tienes (?:una )?cuenta)(?:\W*(?:o|regístrate|registrarse|iniciar sesión|inicia sesión|crear cuenta|entrar|suscríbete|registro|aquí))*)
    | (?-x:(?:fazer login|faça (?:o )?login|entrar|iniciar sessão|terminar sessão|cadastre-se|cadastrar|registe-se|criar (?:uma )?conta|crie sua conta|minha conta|a minha conta|clique aqui para (?:logar|entrar|se cadastrar)|(?:esqueceu|esqueci|esqueceu-se|recuperar)(?: (?:a|sua|minha|da|se))* (?:senha|password|palavra-passe)|já (?:tem|tenho) (?:uma )?conta|já é (?:assinante|cadastrado)|não tem (?:uma )?conta|accedi|accesso|esci|registrati|crea (?:un )?account|il mio account|area (?:riservata|personale|utente)|(?:hai dimenticato|recupera|dimenticato)(?: la)? password|password dimenticata|sei già (?:registrato|iscritto|abbonato)|non hai un account|ricordami)(?:\W*(?:o|ou|cadastre-se|entre|entrar|registrati|accedi|assine|registe-se|aqui|qui))*)
    | (?-x:(?:войти|вход|выйти|выход|зарегистрироваться|регистрация|личный кабинет|мой (?:кабинет|профиль|аккаунт)|создать (?:аккаунт|учётную запись|учетную запись)|забыли (?:свой )?пароль|восстановить пароль|пароль|логин|запомнить меня|авторизация|авторизоваться|уже (?:зарегистрированы|есть аккаунт)|нет аккаунта)(?:\W*(?:или|войти|вход|регистрация|зарегистрироваться|на сайт|в личный кабинет|через \S+|с паролем))*)
    | (?-x:(?:تسجيل (?:الدخول|الخروج|دخول|حساب|جديد|عضوية)|إنشاء حساب(?: جديد)?|حسابي|دخول|هل نسيت كلمة (?:المرور|السر)|نسيت كلمة (?:المرور|السر)|كلمة (?:المرور|السر)|تذكرني|ليس لديك حساب|سجل الآن)(?:\W*(?:أو|تسجيل|جديد|الدخول))*)
    | (?-x:(?:请|請|立即|快速|用户|用戶|会员|會員|免费|免費|没有账号|已有账号|已有帳號|还没有账号)?(?:登录|登入|登錄|注册|註冊|登出|退出登录|退出)(?:\W*(?:登录|登入|注册|註冊|/|\||或|账号|帳號|会员|會員))*|(?:忘记|忘記|找回|重置|修改)(?:了)?(?:您的|你的)?(?:密码|密碼)|我的(?:账户|帐户|帳戶|账号|帳號)|记住我|記住我|个人中心|個人中心|会员中心|會員中心|(?:新規)?(?:会員|無料|ユーザー|アカウント|新規)?(?:登録|作成)?(?:・|／|/| )?(?:ログイン|ログアウト)(?:する|はこちら|/新規登録|・新規登録)?|(?:新規|無料)?会員登録(?:する|はこちら|\(無料\)|（無料）)?|新規(?:会員)?登録|マイページ|パスワードを?(?:お忘れ|忘れた)(?:の方|方|ですか|場合)?(?:は?こちら)?|アカウント(?:を)?作成|로그인(?:하기)?|로그아웃|회원 ?가입|비밀번호 (?:찾기|재설정)|아이디(?:/| · |·|찾기|\s)*(?:비밀번호)?(?: ?찾기)?|마이페이지|로그인\W*회원가입)
    | (?-x:(?:inloggen|aanmelden|uitloggen|afmelden|registreren|mijn (?:account|profiel)|wachtwoord vergeten|account aanmaken|maak een account(?: aan)?|zaloguj(?: się)?|wyloguj(?: się)?|logowanie|zarejestruj(?: się)?|rejestracja|moje konto|(?:nie pamiętasz|zapomniałeś|zapomniałem) hasła|załóż konto|giriş(?: yap)?|üye (?:ol|girişi)|kayıt ol|oturum aç|hesabım|şifremi unuttum|logga (?:in|ut)|skapa konto|mitt konto|glömt lösenord(?:et)?|logg (?:inn|ut)|min side|glemt passord|log (?:ind|ud)|opret (?:konto|bruger|profil)|glemt (?:adgangskode|kodeord)|kirjaudu(?: sisään)?|rekisteröidy)(?:\W*(?:of|lub|eller|veya|registreren|zarejestruj się|aanmelden|üye ol))*)
    )\W*$",
);

/// Sentences that ask the reader to log in or register, by their opening.
static PROMPT: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:please |you (?:must|need to|have to) be |kindly )(?:be )?(?:log(?:ged)? ?in|sign(?:ed)? ?in|register|login|create an? (?:free )?account|re-?enter|verify)\b.*\b(?:account|to (?:continue|view|see|access|use|save|read|rate|download|perform|do|proceed|follow|add|enjoy|your)|or (?:register|sign up|create|log in|login|subscribe|join)|first|again)\b.*)
    | (?-x:(?:log ?in|sign ?in|register|sign up|login|join|create an? (?:free )?account|become a (?:free )?(?:registered )?(?:member|user))\b(?: (?:now|today|or \S+|here|for free|free|or create an account|or sign up|or register|with your \S+))* (?:to|and|in order to|so you can) (?:continue|save|read|rate|follow|enjoy|receive|post|customi[sz]e|personali[sz]e|unlock|track|sync|bookmark|ask|participate|contact|earn|subscribe|keep|share)\b.*)
    | (?-x:if you (?:already |don[’']t |do not )?(?:have|are|already have|already are|forgot|have forgotten|[’']?re)\b.*\b(?:account|registered|member|subscriber|password|user)\b.{0,20}\b(?:log ?in|sign ?in|register|create (?:one|an account)|click here|login|join|subscribe)\b(?: (?:here|now|below|first|using \S+ \S+|with \S+ \S+(?: \S+)?|for free|today|to \S+(?: \S+){0,3}))?[.!]?)
    | (?-x:by (?:signing|logging|registering|creating)\S*\b.*\byou\b.*\b(?:agree|accept|consent|acknowledge|confirm)\b.*|registration on or use of this site.*|(?:your|this) (?:password|username|account) (?:has been|must|will|is|must be|was)\b.*\b(?:frozen|reset|e-?mailed|sent|characters|created|locked|activated|case[- ]sensitive)\b.*|(?:a |the )?password (?:will be|reset link|has been) .*(?:e-?mail|sent)\S*.{0,30}|we(?:[’']ve| have| will|[’']ll) (?:sent|e-?mail(?:ed)?|send) you .*(?:password|confirmation|link|verification)\b.*|(?:enter|please enter|type) your (?:user ?name|e-?mail address|login|account|membership|password)\b.*\b(?:password|log ?in|sign ?in|reset|account|associated)\b.*|(?:the )?(?:e-?mail|user ?name|password)\b.{0,30}\b(?:you entered|or password)\b.{0,30}\b(?:incorrect|invalid|wrong|not (?:found|match|recognized)|already)\b.*)
    | (?-x:to revisit this article,? (?:visit|select|go to) my (?:profile|account).*|save this story(?: for later)?[.!]?|you can (?:manage|find|access|save|view)\b.*\bin your account\b.*|(?:access|save|saved) (?:articles|stories)\b.*\b(?:one account|your account)\b.*|sign up for a new account in our community.{0,30}|register a new account.{0,20}|(?:it[’']s|registration is) (?:free|easy|quick)(?: and (?:free|easy|only takes \S+ \S+))?[.!]? ?(?:sign up|register|join)\b.*)
    | (?-x:bitte (?:melden|melde|loggen|logge|registrieren|registriere) (?:sie sich|dich)\b.*|(?:melden sie sich|melde dich|loggen sie sich|logge dich)(?: (?:hier|jetzt|bitte|kostenlos|mit \S+ \S+))* (?:an|ein)(?:,? (?:um|oder) .*)?[.!]?|(?:registrieren sie sich|registriere dich)(?: (?:hier|jetzt|kostenlos))*(?:,? um .*)?[.!]?|sie (?:sind nicht|müssen(?: sich)?) (?:angemeldet|eingeloggt|anmelden|einloggen|registriert)\b.*|(?:noch kein|haben sie (?:noch kein|bereits ein|schon ein|ihr)|hast du (?:noch kein|schon ein|bereits ein|dein)) (?:benutzer)?(?:konto|account|passwort)\b.*)
    | (?-x:(?:veuillez|vous devez) (?:vous |être |d[’']abord )*(?:connecter|identifier|connecté|inscrire|inscrit)\S*.*|(?:connectez|identifiez)-vous (?:pour|à votre|ou)\b.*|créez (?:un|votre) compte\b.*|debes (?:iniciar sesión|estar registrado|registrarte|estar conectado)\b.*|inicia sesión (?:para|o|con)\b.*|regístrate (?:gratis|ahora|para (?:leer|comentar|continuar|seguir))\b.*|faça (?:o )?(?:seu )?login\b.*|cadastre-se (?:grátis|para)\b.*|effettua il login\b.*|(?:accedi|registrati) (?:per|gratis|o)\b.*)
    )$",
);

/// Single words, which may be headings or verbs of the text: only among lines of their kind.
static WORD: Pattern = Pattern::new(
    r"^\W*(?-x:register|join|join us|registration|account|member|members|membership|profile|password|username|entrar|registro|konto|mitglied|compte|вход|登録|entry|sign up|join now|join today|memberships|registrar|acceder|accesso|inscription|connexion|anmeldung)\W*$",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if count <= 3 && WORD.is_match(text) {
        // A field alone may be the prompt in the record of a session.
        if page.in_list(index) && (!text.ends_with(':') || beside_prompt(page, index)) {
            cuts.line(page, index, Level::Safe);
        }
    } else if (count <= 16 && LINK.is_match(text)) || (count <= 45 && PROMPT.is_match(text)) {
        cuts.line(page, index, Level::Safe);
    }
}

/// True when the line before or after is of the form too.
fn beside_prompt(page: &Page<'_>, index: usize) -> bool {
    [page.prev(index), page.next(index)]
        .into_iter()
        .flatten()
        .map(|i| page.text(i))
        .any(|text| words(text) <= 16 && (WORD.is_match(text) || LINK.is_match(text)))
}
