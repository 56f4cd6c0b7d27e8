/**
 * What pages do beyond what they do without a script. Each part stands for itself: where its place in the page is
 * missing, it does nothing.
 */

import { offerCopies } from "./copy.js";
import { brushYears } from "./histogram.js";
import { followHistory, onResults, region } from "./results.js";
import { goToBox } from "./shortcut.js";
import { goInPlace, searchWhileTyping } from "./typing.js";

const searchBox = document.getElementById("q");

followHistory();
offerCopies(document);
onResults(offerCopies);
onResults(brushYears);
if (searchBox) searchWhileTyping(searchBox);
if (searchBox) goToBox(searchBox, document.querySelector("body > footer"));
if (searchBox && region) goInPlace(region, searchBox);
