import { queryFrom } from "../../main/webapp/resources/console/js/log-query.js";

/** The query of an address without parameters. */
export const emptyQuery = () => queryFrom(new URLSearchParams());
