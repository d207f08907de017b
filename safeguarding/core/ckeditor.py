"""CKEditor's configuration: what it may load and what it lets an editor write.

This is for the editor's comfort. What is stored is decided by `richtext.clean`, on the server.
"""

EXTRA_PLUGINS = ("divarea", "image2")

# Whatever opens a frame, asks another host, takes a file, or writes what `richtext.clean` would take away.
BANNED_PLUGINS = (
    "about",
    "bidi",
    "colorbutton",
    "colordialog",
    "copyformatting",
    "div",
    "exportpdf",
    "font",
    "forms",
    "iframe",
    "image",
    "language",
    "newpage",
    "pagebreak",
    "preview",
    "print",
    "save",
    "scayt",
    "smiley",
    "sourcearea",
    "templates",
    "uploadimage",
    "uploadwidget",
    "wsc",
    "wysiwygarea",
)

TOOLBAR = [
    ["Format"],
    ["Bold", "Italic", "RemoveFormat"],
    ["Link", "Unlink"],
    ["BulletedList", "NumberedList", "Outdent", "Indent", "Blockquote"],
    ["Image", "Table", "HorizontalRule", "SpecialChar"],
    ["Undo", "Redo"],
]

ALLOWED_CONTENT = "; ".join(
    (
        "p h2 h3 h4 ul li strong em q blockquote figcaption br hr caption thead tbody tfoot tr table",
        "ol[start]",
        "a[!href]",
        "abbr[title]",
        "th[scope,colspan,rowspan]",
        "td[colspan,rowspan]",
        "img[!src,alt,width,height](align-left,align-centre,align-right)",
        "figure(image,align-left,align-centre,align-right)",
    )
)

CKEDITOR_CONFIGS = {
    "default": {
        "toolbar": TOOLBAR,
        "format_tags": "p;h2;h3;h4",
        "extraPlugins": ",".join(EXTRA_PLUGINS),
        "removePlugins": ",".join(BANNED_PLUGINS),
        "allowedContent": ALLOWED_CONTENT,
        "disallowedContent": "script style; *[on*]",
        # Asking ckeditor.com for the newest version would run whatever it answers (CVE-2024-43411).
        "versionCheck": False,
        "customConfig": "",
        "contentsCss": [],
        "stylesSet": False,
        "fullPage": False,
        "image2_alignClasses": ["align-left", "align-centre", "align-right"],
        "image2_captionedClass": "image",
        "linkShowTargetTab": False,
        "linkShowAdvancedTab": False,
        "linkDefaultProtocol": "https://",
        "removeDialogTabs": "link:target;link:advanced;link:upload;image2:Upload;table:advanced",
        # A pasted picture would become a data: address, which is not kept: pictures come from the library.
        "clipboard_handleImages": False,
        "disableNativeSpellChecker": False,
        "height": 320,
        "width": "auto",
        "resize_dir": "vertical",
    }
}
