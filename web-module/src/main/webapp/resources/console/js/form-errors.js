/** A form that was refused: the field at fault is joined to what is said of it, and gets the focus. */

function pointOut() {
  const field = document.querySelector('[aria-invalid="true"]');
  const said = field?.form?.querySelector(".ui-messages");
  if (!said) return;
  field.setAttribute("aria-describedby", said.id);
  field.focus();
}

// After PrimeFaces has put the answer in place.
window.jQuery?.(document).on("pfAjaxComplete", () => requestAnimationFrame(pointOut));
