// Shows the fields of the chosen kind alone; without this, every kind's wait in a fold.
const part = document.querySelector("[data-kinds]");
const choice = document.querySelector("select[name='kind']");
if (part && choice) {
  const folds = [...part.querySelectorAll("[data-kind]")];
  const show = (isChosen) => {
    for (const fold of folds) {
      fold.hidden = fold.dataset.kind !== choice.value;
      if (isChosen && !fold.hidden) fold.open = true;
    }
    part.hidden = folds.every((fold) => fold.hidden);
  };
  choice.addEventListener("change", () => show(true));
  show(false);
}
