import type { AnyInstanceClass } from '../schema/define-class.ts'
import { DataModel } from '../tree/data-model.ts'
import { BindableEvent, BindableFunction } from './bindables.ts'
import { Backpack, Player, PlayerGui } from './player.ts'
import { RemoteEvent, UnreliableRemoteEvent } from './remote-event.ts'
import { RemoteFunction } from './remote-function.ts'
import { serviceClasses } from './services.ts'
import {
  BoolValue,
  CFrameValue,
  Color3Value,
  IntValue,
  NumberValue,
  ObjectValue,
  StringValue,
  Vector3Value,
} from './value-objects.ts'
import { Configuration, Folder, Model, Part, Team } from './world.ts'

/** The classes of every definition, in the order that gives them their numbers; a change of it is a change of the wire. */
export const builtInClasses: readonly AnyInstanceClass[] = [
  // Never made from its number: its constructor takes other options than the classes of the tree.
  DataModel as unknown as AnyInstanceClass,
  ...Object.values(serviceClasses),
  Player,
  PlayerGui,
  Backpack,
  Folder,
  Configuration,
  Model,
  Part,
  Team,
  RemoteEvent,
  UnreliableRemoteEvent,
  RemoteFunction,
  BindableEvent,
  BindableFunction,
  BoolValue,
  IntValue,
  NumberValue,
  StringValue,
  ObjectValue,
  Vector3Value,
  CFrameValue,
  Color3Value,
]
