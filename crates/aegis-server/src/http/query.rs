//! Reads the window and the filter that lists, series and exports share.
