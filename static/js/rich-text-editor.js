/* global CKEDITOR */
// Ties each editor to its label, and CKEditor's pictures to the form in which we keep them.
(() => {
  const CENTRE = "align-centre";

  function label(editor) {
    return document.querySelector(`label[for="${CSS.escape(editor.name)}"]`);
  }

  function nameEditor(editor) {
    const area = editor.element.$;
    const box = editor.editable().$;
    const tag = label(editor);
    if (tag) {
      tag.id = tag.id || `${editor.name}-label`;
      box.setAttribute("aria-labelledby", tag.id);
      box.removeAttribute("title");
    }
    const described = [area.getAttribute("aria-describedby"), box.getAttribute("aria-describedby")];
    if (described.some(Boolean)) box.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
    if (area.hasAttribute("aria-invalid")) box.setAttribute("aria-invalid", area.getAttribute("aria-invalid"));
  }

  // A click on the label, or on the form's list of errors, goes to the text area that the editor hides.
  function followLinks(editor) {
    const follow = (event) => {
      const link = event.target.closest("label[for], a[href^='#']");
      if (!link) return;
      const target = link.htmlFor || decodeURIComponent(link.hash || "").slice(1);
      if (target !== editor.name) return;
      event.preventDefault();
      editor.focus();
    };
    document.addEventListener("click", follow);
    editor.on("destroy", () => document.removeEventListener("click", follow));
  }

  function picture(element) {
    const link = element.getFirst("a");
    return element.getFirst("img") || (link && link.getFirst("img"));
  }

  // Only pictures of our own library are kept. A picture copied from one of our pages comes with its whole address.
  function keepOwnPictures(fragment, folder) {
    const foreign = [];
    fragment.forEach((element) => {
      if (element.name !== "img") return;
      const saved = element.attributes["data-cke-saved-src"] || element.attributes.src || "";
      const src = saved.startsWith(location.origin + "/") ? saved.slice(location.origin.length) : saved;
      if (src.startsWith(folder)) Object.assign(element.attributes, { src, "data-cke-saved-src": src });
      else foreign.push(element);
    }, CKEDITOR.NODE_ELEMENT);
    for (const element of foreign) element.remove();
  }

  // We keep a centred picture as a class on its figure or img; CKEditor wants a wrapper, and a class on each figure.
  function toEditor(fragment) {
    const found = [];
    fragment.forEach((element) => {
      if (element.name === "figure" || element.name === "img") found.push(element);
    }, CKEDITOR.NODE_ELEMENT);
    for (const element of found) {
      const isFigure = element.name === "figure";
      if (isFigure && !picture(element)) continue;
      if (isFigure) element.addClass("image");
      if (!element.hasClass(CENTRE)) continue;
      if (isFigure) {
        element.removeClass(CENTRE);
        element.wrapWith(new CKEDITOR.htmlParser.element("div", { class: CENTRE }));
        continue;
      }
      const block = element.getAscendant("p");
      if (block && block.children.length === 1) {
        element.removeClass(CENTRE);
        block.addClass(CENTRE);
      }
    }
  }

  function fromEditor(fragment) {
    const found = [];
    fragment.forEach((element) => {
      if ((element.name === "div" || element.name === "p") && element.hasClass(CENTRE)) found.push(element);
    }, CKEDITOR.NODE_ELEMENT);
    for (const element of found) {
      const figure = element.getFirst("figure");
      const kept = figure || picture(element);
      if (kept) kept.addClass(CENTRE);
      if (figure) element.replaceWithChildren();
      else element.removeClass(CENTRE);
    }
  }

  // The button for a new picture opens our own window; one that stands in the text keeps CKEditor's, for its place,
  // its caption and its words.
  function pickOurOwn(editor) {
    const marks = editor.getSelection()?.createBookmarks2(true);
    const back = () => {
      editor.focus();
      if (marks) editor.getSelection().selectBookmarks(marks);
    };
    const chosen = ({ src, alt }) => {
      back();
      const image = new CKEDITOR.dom.element("img");
      image.setAttributes({ src, alt });
      editor.insertHtml(image.getOuterHtml());
      const widget = editor.widgets.focused;
      if (!widget) return;
      const behind = editor.createRange();
      behind.moveToPosition(widget.wrapper, CKEDITOR.POSITION_AFTER_END);
      behind.select();
    };
    document.dispatchEvent(new CustomEvent("image:pick", { cancelable: true, detail: { chosen, closed: back } }));
  }

  // CKEditor's blank picture is a data: address, which the page's policy refuses; behind it lies this same handle.
  CKEDITOR.tools.transparentImageData = CKEDITOR.getUrl("plugins/widget/images/handle.png");

  CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("widgetDefinition", ({ data }) => {
      const hasPicker = document.querySelector("[data-image-picker]");
      if (data.name === "image" && hasPicker) data.insert = () => pickOurOwn(editor);
    });
    // After the content filter (6) and before pictures become widgets (8); after they stop being widgets (13).
    editor.on("toHtml", ({ data }) => {
      keepOwnPictures(data.dataValue, editor.config.mediaUrl);
      toEditor(data.dataValue);
    }, null, null, 7);
    editor.on("toDataFormat", ({ data }) => fromEditor(data.dataValue), null, null, 14);
  });
  CKEDITOR.on("instanceReady", ({ editor }) => {
    nameEditor(editor);
    followLinks(editor);
  });
})();
