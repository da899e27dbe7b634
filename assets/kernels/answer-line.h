// What answer.c says to everybody who connects, and first-answer.c takes for an answer.
#ifndef TARE_ANSWER_LINE_H
#define TARE_ANSWER_LINE_H

#define ANSWER_LINE "tare\n"

#endif
