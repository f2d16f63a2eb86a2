/** The parts of a log viewer, each made with those that it needs. */
import { toast } from "./dom.js";
import { Highlighter } from "./highlight.js";
import { LogAddress } from "./log-address.js";
import { LogArrivals } from "./log-arrivals.js";
import { LogFacts } from "./log-facts.js";
import { LogFinder } from "./log-finder.js";
import { gotoBox } from "./log-goto.js";
import { keysDialog } from "./log-keys.js";
import { LogModes } from "./log-modes.js";
import { LogNews } from "./log-news.js";
import { LogPlaces } from "./log-places.js";
import { queryFrom } from "./log-query.js";
import { LogReading } from "./log-reading.js";
import { RowPainter } from "./log-rows.js";
import { LogScreen } from "./log-screen.js";
import { LogScrollbar } from "./log-scrollbar.js";
import { LogSelection } from "./log-selection.js";
import { LogTail } from "./log-tail.js";
import { LogToolbar } from "./log-toolbar.js";
import { LogView } from "./log-view.js";
import { LogWindow } from "./log-window.js";

/**
 * Makes them. None of them is told of those that are made after it.
 *
 * @param mount where the viewer stands
 * @param ask called with (what, value) when the reader asks a part for what others do
 */
export function makeParts(mount, ask) {
  const { base, canClear } = mount.dataset;
  const params = new URLSearchParams(location.search);
  const query = queryFrom(params);
  const tell = toast;

  const facts = new LogFacts(base);
  const address = new LogAddress(base, query);
  const tail = new LogTail(base, query);
  const model = new LogWindow();
  const highlighter = new Highlighter();
  const settings = rowSettings({ address, facts, highlighter, model }, ask);
  const view = new LogView(model, new RowPainter(settings));
  const narrow = matchMedia("(max-width: 760px)").matches;
  const modes = new LogModes({ model, view, settings, storage: localStorage, narrow });
  const selection = new LogSelection({ base, model, view, settings, tell });
  const places = new LogPlaces({ model, view, modes, selection, facts, tell });
  const reading = new LogReading({ facts, model, view, tail, places, selection }, query, params.get("line") ?? "");

  const toolbar = new LogToolbar({ canClear: canClear === "true", downloadLink: (format) => address.download(format) });
  const scrollbar = new LogScrollbar((share) => places.wordsAt(share));
  const news = new LogNews(() => ask("end"));
  const finder = new LogFinder({ facts, model, places, toolbar, scrollbar, tell }, query);
  const arrivals = new LogArrivals({ facts, model, modes, news, reading, tail });
  const goto = gotoBox({
    byTimeOnly: () => model.source.merged,
    ongo: (text) => ask("typed", text),
    onleave: () => view.scroller.focus(),
  });
  const keys = keysDialog();
  const shown = { facts, model, modes, places, reading, finder, news };
  const screen = new LogScreen(shown, { mount, toolbar, view, scrollbar, goto, keys }, () => ask("unfilter"));
  return {
    address, arrivals, facts, finder, goto, highlighter, keys, model, modes, news, places, reading, screen, scrollbar,
    selection, tail, toolbar, view,
  };
}

/** What the rows are drawn with; modes and selection change it. */
function rowSettings({ address, facts, highlighter, model }, ask) {
  return {
    utc: false,
    get merged() {
      return model.source.merged;
    },
    highlighter,
    expanded: new Set(),
    unclipped: new Set(),
    marked: new Set(),
    selectedKey: "",
    rankOf: (stream) => facts.rankOf(stream),
    linkOf: (row) => address.linkOf(row),
    onfilter: (name, value) => ask("field", [name, value]),
  };
}
