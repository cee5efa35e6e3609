"""The person at the keyboard: streams, prompts, the interview as a dialogue, Chinese on a grid."""
