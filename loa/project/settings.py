"""Django's settings, made from `config`; a page here is read top to bottom."""

from pathlib import Path
from urllib.parse import urlsplit

from loa.lib import languages
from loa.project import config, logs, sqlite
from loa.ui.language import catalogues

sqlite.use_fixed()

BASE_DIR = Path(__file__).resolve().parent.parent
ORIGIN = urlsplit(config.origin())
SECURE = ORIGIN.scheme == "https"

DEBUG = False
SECRET_KEY = config.secret_key()
ALLOWED_HOSTS = ["*"]  # Portals are found by host; a host that is no portal's gets the plain 404.
LOA_HOME = config.home()
LOA_ORIGIN = config.origin()
LOA_VERSION = config.version()
LOA_MAIL_URL = config.mail_url()
LOA_MAIL_LOOKUP = config.mail_lookup()
LOA_MAIL_CONNECTIONS = config.mail_connections()
LOA_CACHE_URL, LOA_TASKS_URL = config.cache_url(), config.tasks_url()  # read here so that a wrong one is refused
LOA_CDN = config.cdn()
LOA_PROXIES = config.proxies()
LOA_BANK_SECRETS = config.bank_secrets()
LOA_METRICS_TOKEN = config.metrics_token()
LOA_SENTRY_DSN = config.sentry_address()
LOA_LARGEST_VIDEO = config.largest_video()
LOA_LIBRARY_QUOTA = config.library_quota()
LOA_CHECK_LINKS = config.check_links()
LOA_UNDO = config.undo()
LOA_PAGE_STORE = config.page_store()
LOA_SECURITY_CONTACT = config.security_contact()
LOA_BACKUP_FOLDER, LOA_BACKUP_KEYS, LOA_BACKUP_KEEP = config.backup_folder(), config.backup_keys(), config.backup_keep()
LOA_SEARCH_FOLDER = config.search_folder()
MEDIA_ROOT = config.media_folder()
MEDIA_URL = "/media/"

ROOMS = [
    "ui", "audit", "limits", "jobs", "edge", "mail", "media", "portals", "topics", "places", "accounts",
    "population", "inbox", "privacy", "organizations", "verification", "plans", "billing", "ledger", "archive",
    "coverage", "search", "stats", "subscribers", "releases", "moderation", "compose", "pages", "feeds", "api",
    "alerts", "newsletters", "syndication", "imports", "custody", "wire", "desk", "project",
]  # fmt: skip
INSTALLED_APPS = [
    *[f"loa.{room}" for room in ROOMS],
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "loa.project.logs.Requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "loa.project.middleware.Headers",
    "loa.portals.middleware.PortalByHost",
    "loa.pages.middleware.SlashTooMany",
    "loa.pages.middleware.OldAddresses",
    "loa.pages.middleware.MergedNewsrooms",
    "loa.ui.language.LanguageFromPath",
    "loa.project.middleware.Bounds",
    "loa.project.middleware.Buttons",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "loa.project.middleware.GuardedForms",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "loa.accounts.middleware.SignInsSeen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "loa.project.urls"
WSGI_APPLICATION = "loa.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("loa.ui.folding.Loader", ["django.template.loaders.app_directories.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loa.project.frame.frame",
            ],
        },
    }
]
DATABASES = {"default": config.database()}
# allauth counts attempts to sign in here; a folder is shared by every process, memory would be counted apart in each.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": LOA_HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5_000},  # a figure for each year of each portal; of 300 some would be dropped
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "loa.accounts.forms.passwords.NotLeaked"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
ACCOUNT_ADAPTER = "loa.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "loa.accounts.forms.SignUpForm", "login": "loa.accounts.forms.LogInForm",
    "add_email": "loa.accounts.forms.AddEmailForm", "change_password": "loa.accounts.forms.ChangePasswordForm",
    "set_password": "loa.accounts.forms.SetPasswordForm", "reset_password": "loa.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "loa.accounts.forms.ResetPasswordKeyForm",
}  # fmt: skip
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that just gave the password, and in no other
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ORIGIN.scheme
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever owns an account hears of what changed in how it is entered
LOGIN_URL = "account_login"  # names, not paths: the language of the page stays
LOGIN_REDIRECT_URL = "compose:mine"
ACCOUNT_LOGOUT_REDIRECT_URL = "pages:home"
MFA_ADAPTER = "loa.accounts.adapter.Factors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # face, finger or PIN: a lost key alone opens nothing
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "loa.accounts.forms.factors.SecondCodeForm",
    "authenticate_webauthn": "loa.accounts.forms.factors.SecondPasskeyForm",
    "login_webauthn": "loa.accounts.forms.factors.SignInByPasskeyForm",
    "activate_totp": "loa.accounts.forms.factors.ActivateAppForm",
    "add_webauthn": "loa.accounts.forms.factors.AddPasskeyForm",
    "edit_webauthn": "loa.accounts.forms.factors.RenamePasskeyForm",
}
EMAIL_BACKEND = "loa.mail.backend.RowBackend"
DEFAULT_FROM_EMAIL = config.mail_from()

LANGUAGE_CODE = "vi"
LOCALE_PATHS = [LOA_HOME / "locale"]  # an operator's own catalogues: another language, or other words for ours
LANGUAGES = [(code, languages.own_name(code)) for code in catalogues((BASE_DIR / "ui" / "locale", *LOCALE_PATHS))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # Files are served from the rooms; there is no collecting step to forget.
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ADD_HEADERS_FUNCTION = config.tag_file

SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "loa.project.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [config.origin()]
SECURE_SSL_REDIRECT = False  # The proxy in front does it; Loa itself speaks plain HTTP on loopback.
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if config.proxies() else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# The middlewares of `project` send X-Frame-Options and frame-ancestors and guard forms; the proxy redirects to TLS;
# subdomains and preloading are the operator's own choice.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W008", "security.W021", "security.W003"]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LOGGING = logs.configuration(config.log_form())
