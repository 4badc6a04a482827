#include "floppy.h"
POSTVAR u8 floppies_found;
