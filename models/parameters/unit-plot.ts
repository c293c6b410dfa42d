/** Length of the unit plot of USLE, m: 72.6 ft (Wischmeier & Smith 1978, USDA Agriculture Handbook 537). */
export const unitPlotLengthMetres = 22.13;
